import { type ReferenceEviction, reference, take } from './reference.ts'

/**
 * Section 3.3 of the paper. The top of stack S is its last, the front of queue Q its first. As in the authors' program,
 * an immediate repeat is a hit that touches nothing, and the stack has a limit, beyond which its lowest HIR block leaves.
 */
export const lirsReference =
  (stackLimit: number): ReferenceEviction =>
  (keys, capacity) => {
    const lirMost = capacity < 3 ? capacity - 1 : capacity - Math.max(2, Math.floor(capacity / 100))
    const s: number[] = []
    const q: number[] = []
    const lir = new Set<number>()
    const prune = () => {
      while (s.length > 0 && !lir.has(s[0] as number)) s.shift()
    }
    const toTop = (x: number) => {
      take(s, x)
      s.push(x)
    }
    const becomeLir = (x: number) => {
      lir.add(x)
      if (lir.size > lirMost) {
        const bottom = s.shift() as number
        lir.delete(bottom)
        q.push(bottom)
      }
      prune()
    }
    let previous: number | undefined
    return reference((x, _now, evict) => {
      if (x === previous) return true
      previous = x
      if (lir.has(x)) {
        toTop(x)
        prune()
        return true
      }
      const isHit = take(q, x)
      if (!isHit && lir.size + q.length === capacity) evict(q.shift() as number)
      const wasInStack = s.includes(x)
      toTop(x)
      if (wasInStack) becomeLir(x)
      else if (!isHit && lir.size < lirMost) lir.add(x)
      else q.push(x)
      prune()
      while (s.length > stackLimit * capacity && s.some((one) => !lir.has(one)))
        s.splice(
          s.findIndex((one) => !lir.has(one)),
          1,
        )
      return isHit
    }, keys)
  }
