import { type ReferenceEviction, reference } from './reference.ts'

/** Page frames in a circle, a hand, and a count of at most 2^bits − 1 for each. */
export const clockReference =
  (bits: number): ReferenceEviction =>
  (keys, capacity) => {
    const frames: { key: number; count: number }[] = []
    let hand = 0
    return reference((key, _now, evict) => {
      const frame = frames.find((one) => one.key === key)
      if (frame !== undefined) {
        frame.count = Math.min(frame.count + 1, (1 << bits) - 1)
        return true
      }
      if (frames.length < capacity) {
        frames.push({ key, count: 0 })
        return false
      }
      while ((frames[hand]?.count ?? 0) > 0) {
        const passed = frames[hand]
        if (passed !== undefined) passed.count--
        hand = (hand + 1) % capacity
      }
      evict(frames[hand]?.key as number)
      frames[hand] = { key, count: 0 }
      hand = (hand + 1) % capacity
      return false
    }, keys)
  }
