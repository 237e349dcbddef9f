import type { UniformSource } from '../../../support/distributions/distribution.ts'
import type { Shelf } from '../shelf/shelf.ts'
import type { EntryStandIns } from './entry-stand-ins.ts'

/** A key requested so often while another would be forgotten is in whatever else happens: more reads of it tell nothing. */
const mostReads = 20
/** Reads are drawn for so many times as long as an entry stays that is not requested: as many fills as in `warming.ts`, about. */
const stays = 40

/**
 * Lets caches with stand-ins come to what their policy keeps in the long run: reads of stand-ins alone, at their own rates
 * as far as these make a difference.
 */
export function settle(
  standIns: Pick<EntryStandIns, 'size' | 'forEach'>,
  calls: {
    /** Reads per ms. */
    readonly rateOf: (entry: number) => number
    readonly shelfOf: (entry: number) => Shelf
    readonly weightOf: (entry: number) => number
    /** How long an entry stays that is not requested, ms. */
    readonly staysMs: number
    readonly random: UniformSource
  },
): void {
  const { random, staysMs } = calls
  const entries = new Float64Array(standIns.size)
  const sums = new Float64Array(standIns.size)
  let count = 0
  let sum = 0
  standIns.forEach((entry) => {
    sum += Math.min(calls.rateOf(entry), mostReads / staysMs)
    entries[count] = entry
    sums[count++] = sum
  })
  const guide = guideOf(sums)
  for (let left = Math.ceil(sum * staysMs * stays); left > 0; left--) {
    const at = random.next() * sum
    let place = guide[Math.floor((at / sum) * guide.length)] as number
    while ((sums[place] as number) < at) place++
    const entry = entries[place] as number
    const shelf = calls.shelfOf(entry)
    if (shelf.find(entry, 0) < 0) shelf.fill(entry, calls.weightOf(entry), random.next(), 0)
  }
  shelvesOf(entries, calls.shelfOf).forEach((shelf) => void shelf.resetCounts())
}

/** For as many equal parts of the whole as there are sums, the first place whose sum is in that part or behind it. */
function guideOf(sums: Float64Array): Int32Array {
  const whole = sums[sums.length - 1] as number
  let place = 0
  return Int32Array.from({ length: sums.length }, (_, part) => {
    while ((sums[place] as number) < (whole * part) / sums.length) place++
    return place
  })
}

function shelvesOf(entries: Float64Array, shelfOf: (entry: number) => Shelf): ReadonlySet<Shelf> {
  return new Set(Array.from(entries, shelfOf))
}
