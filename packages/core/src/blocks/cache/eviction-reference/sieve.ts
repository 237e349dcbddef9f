import { type ReferenceEviction, reference } from './reference.ts'

/** Algorithm 1 of the paper; the head of the queue is index 0, the tail is the last. */
export const sieveReference: ReferenceEviction = (keys, capacity) => {
  const queue: { key: number; visited: boolean }[] = []
  let hand: (typeof queue)[number] | undefined
  return reference((key, _now, evict) => {
    const found = queue.find((one) => one.key === key)
    if (found !== undefined) {
      found.visited = true
      return true
    }
    if (queue.length === capacity) {
      let o = hand ?? (queue.at(-1) as (typeof queue)[number])
      const previous = (of: typeof o) => queue[queue.indexOf(of) - 1]
      while (o.visited) {
        o.visited = false
        o = previous(o) ?? (queue.at(-1) as typeof o)
      }
      hand = previous(o)
      evict(o.key)
      queue.splice(queue.indexOf(o), 1)
    }
    queue.unshift({ key, visited: false })
    return false
  }, keys)
}
