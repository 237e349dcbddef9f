/**
 * Availability of parts that are all needed, of which one suffices, and of which `needed` of `copies` equal ones suffice;
 * the parts fail independently.
 * Source: K. S. Trivedi, Probability and Statistics with Reliability, Queuing, and Computer Science Applications, ch. 1.
 */
export function seriesAvailability(parts: readonly number[]): number {
  return parts.reduce((product, part) => product * part, 1)
}

export function parallelAvailability(parts: readonly number[]): number {
  return 1 - parts.reduce((product, part) => product * (1 - part), 1)
}

export function quorumAvailability(part: number, needed: number, copies: number): number {
  // Probability of exactly k copies up, copy by copy.
  const up = new Float64Array(copies + 1)
  up[0] = 1
  for (let copy = 1; copy <= copies; copy += 1)
    for (let k = copy; k >= 0; k -= 1)
      up[k] = (up[k] as number) * (1 - part) + (k > 0 ? (up[k - 1] as number) * part : 0)
  let sum = 0
  for (let k = needed; k <= copies; k += 1) sum += up[k] as number
  return sum
}

/** Share of time that something is up which fails and is repaired by turns. */
export function repairAvailability(meanTimeToFailure: number, meanTimeToRepair: number): number {
  return meanTimeToFailure / (meanTimeToFailure + meanTimeToRepair)
}
