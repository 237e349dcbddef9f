import { type ReferenceEviction, reference, take } from './reference.ts'

/** Figure 4 of the paper; the least recently used of a list is its last. */
export const arcReference: ReferenceEviction = (keys, c) => {
  const [t1, t2, b1, b2]: [number[], number[], number[], number[]] = [[], [], [], []]
  let p = 0
  const replace = (inB2: boolean, evict: (key: number) => void) => {
    if (t1.length >= 1 && ((inB2 && t1.length === p) || t1.length > p)) {
      const gone = t1.pop() as number
      b1.unshift(gone)
      evict(gone)
    } else {
      const gone = t2.pop() as number
      b2.unshift(gone)
      evict(gone)
    }
  }
  return reference((x, _now, evict) => {
    if (take(t1, x) || take(t2, x)) {
      t2.unshift(x)
      return true
    }
    if (b1.includes(x)) {
      p = Math.min(c, p + Math.max(b2.length / b1.length, 1))
      replace(false, evict)
      take(b1, x)
      t2.unshift(x)
      return false
    }
    if (b2.includes(x)) {
      p = Math.max(0, p - Math.max(b1.length / b2.length, 1))
      replace(true, evict)
      take(b2, x)
      t2.unshift(x)
      return false
    }
    const l1 = t1.length + b1.length
    const all = l1 + t2.length + b2.length
    if (l1 === c) {
      if (t1.length < c) {
        b1.pop()
        replace(false, evict)
      } else evict(t1.pop() as number)
    } else if (l1 < c && all >= c) {
      if (all === 2 * c) b2.pop()
      replace(false, evict)
    }
    t1.unshift(x)
    return false
  }, keys)
}
