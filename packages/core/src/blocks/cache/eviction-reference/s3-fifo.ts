import { type ReferenceEviction, reference, take } from './reference.ts'

/** Algorithm 1 of the paper; tails are first. When main gives, room is made, and no second victim is looked for. */
export const s3FifoReference: ReferenceEviction = (keys, capacity) => {
  const s: number[] = []
  const m: number[] = []
  const g: number[] = []
  const freq = new Map<number, number>()
  const mSize = capacity - 0.1 * capacity
  const evictM = (): number => {
    for (;;) {
      const t = m.shift() as number
      const count = freq.get(t) as number
      if (count === 0) return t
      freq.set(t, count - 1)
      m.push(t)
    }
  }
  const evictS = (): number => {
    while (s.length > 0) {
      const t = s.shift() as number
      if ((freq.get(t) as number) > 1) {
        freq.set(t, 0)
        m.push(t)
        if (m.length > mSize) return evictM()
      } else {
        g.push(t)
        if (g.length > mSize) g.shift()
        return t
      }
    }
    return evictM()
  }
  return reference((x, _now, evict) => {
    if (s.includes(x) || m.includes(x)) {
      freq.set(x, Math.min((freq.get(x) as number) + 1, 3))
      return true
    }
    if (s.length + m.length === capacity) evict(s.length >= 0.1 * capacity ? evictS() : evictM())
    if (take(g, x)) m.push(x)
    else s.push(x)
    freq.set(x, 0)
    return false
  }, keys)
}
