import type { RandomNumbers, Targets } from './choice.ts'

/**
 * Picks the target of the lowest cost, ties at random: of all available targets, or of so many distinct ones drawn at
 * random.
 */
export function leastCost(
  targets: Targets,
  costAt: (target: number, nowMs: number) => number,
  choices = Number.POSITIVE_INFINITY,
): (nowMs: number, random: RandomNumbers) => number {
  const isDrawn = Number.isFinite(choices)
  const seen: number[] = []
  return (nowMs, random) => {
    const { available } = targets
    const looks = choices < available.length ? choices : available.length
    seen.length = 0
    let best = -1
    let least = Number.POSITIVE_INFINITY
    let ties = 0
    for (let look = 0; look < looks; look++) {
      const target = isDrawn ? unseen(available, seen, random) : (available[look] as number)
      const cost = costAt(target, nowMs)
      if (best < 0 || cost < least) {
        best = target
        least = cost
        ties = 1
      } else if (cost === least && random.below(++ties) === 0) {
        best = target
      }
    }
    return best
  }
}

/** A target drawn at random that is not in `seen`, and is from now on. */
function unseen(available: readonly number[], seen: number[], random: RandomNumbers): number {
  for (;;) {
    const target = available[random.below(available.length)] as number
    if (seen.includes(target)) continue
    seen.push(target)
    return target
  }
}
