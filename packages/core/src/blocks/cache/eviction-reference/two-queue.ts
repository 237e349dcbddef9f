import { type ReferenceEviction, reference, take } from './reference.ts'

/** The full version of the paper; the head of a queue is index 0. */
export const twoQueueReference =
  (kinShare: number, koutShare: number): ReferenceEviction =>
  (keys, capacity) => {
    const [am, a1in, a1out]: [number[], number[], number[]] = [[], [], []]
    const reclaim = (evict: (key: number) => void) => {
      if (am.length + a1in.length < capacity) return
      if (a1in.length > kinShare * capacity || am.length === 0) {
        const y = a1in.pop() as number
        evict(y)
        a1out.unshift(y)
        if (a1out.length > koutShare * capacity) a1out.pop()
      } else evict(am.pop() as number)
    }
    return reference((x, _now, evict) => {
      if (take(am, x)) {
        am.unshift(x)
        return true
      }
      if (a1in.includes(x)) return true
      const wasOut = a1out.includes(x)
      reclaim(evict)
      take(a1out, x)
      if (wasOut) am.unshift(x)
      else a1in.unshift(x)
      return false
    }, keys)
  }
