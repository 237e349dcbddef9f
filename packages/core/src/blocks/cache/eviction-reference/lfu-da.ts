import { type ReferenceEviction, reference } from './reference.ts'

/** K(i) = C(i) × F(i) + L with C = 1; L becomes the K of what is evicted. */
export const lfuDaReference: ReferenceEviction = (keys, capacity) => {
  const pages: { key: number; f: number; k: number; asked: number }[] = []
  let l = 0
  return reference((key, now, evict) => {
    const page = pages.find((one) => one.key === key)
    if (page !== undefined) {
      page.f += 1
      page.k = page.f + l
      page.asked = now
      return true
    }
    if (pages.length === capacity) {
      pages.sort((a, b) => a.k - b.k || a.asked - b.asked)
      const victim = pages.shift() as (typeof pages)[number]
      l = victim.k
      evict(victim.key)
    }
    pages.push({ key, f: 1, k: 1 + l, asked: now })
    return false
  }, keys)
}
