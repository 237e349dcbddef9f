import {
  distributionsToWatch,
  type ExpectedDraw,
  type ExpectedDraws,
  expectedDraws,
  kindName,
  momentsOf,
} from '../before-run/expected-draws.ts'
import { followRequests } from '../before-run/flows.ts'
import type { Design } from '../language/design.ts'
import type { ChosenDistribution } from '../support/distributions/distribution.ts'
import { distributions } from '../support/distributions/index.ts'
import { exp } from '../support/elementary.ts'
import { oncePer } from '../support/once-per.ts'
import { flowRates, measuredSeconds } from './flow-rates.ts'
import { fewTimes } from './rare-work.ts'
import type { RunResults } from './run-results.ts'

/** Shares below this matter to no mean. */
const leastUnseen = 1e-4

/** A draw, and how many times it is expected in a run. */
export interface RareDraw {
  readonly draw: ExpectedDraw
  readonly expected: number
}

/** What a run is expected not to show of the times drawn at a block, as shares of their moments. */
export interface Unseen {
  /** Share of the first moment, which decides how long work takes. */
  readonly firstMoment: number
  /** Share of the second moment, which decides how long calls wait for the work of others. */
  readonly secondMoment: number
  /** The draw that most of it comes from. */
  readonly most: RareDraw
}

/** The draws of a run, at the rates that it measured: by block, and by kind of request. */
export const drawsIn = oncePer((results: RunResults): ReadonlyMap<string, ExpectedDraws> => {
  return distributionsToWatch(results.design).size === 0 ? noDraws : expectedDraws(results.design, flowRates(results))
})

const noDraws: ReadonlyMap<string, ExpectedDraws> = new Map()

/** What the requests of these kinds draw themselves and a run `factor` times as long does not show, in ms per request. */
export function unseenOfKinds(results: RunResults, kinds: readonly number[], factor: number) {
  const draws = drawsIn(results)
  const own = kinds.flatMap((index) => {
    const { source, name } = results.kinds[index] as RunResults['kinds'][number]
    return draws.get(kindName({ source, kind: name })) ?? []
  })
  const all = merged(own)
  const unseen = unseenOf(all, factor * measuredSeconds(results))
  return unseen === null ? null : { unseenMs: (unseen.firstMoment * all.moments[0]) / all.perSecond, most: unseen.most }
}

function merged(parts: readonly ExpectedDraws[]): ExpectedDraws {
  const rare = new Map<ChosenDistribution, ExpectedDraw>()
  for (const draw of parts.flatMap((part) => part.rare)) {
    const perSecond = draw.perSecond + (rare.get(draw.distribution)?.perSecond ?? 0)
    rare.set(draw.distribution, { ...draw, perSecond })
  }
  const total = (of: (part: ExpectedDraws) => number) => parts.reduce((sum, part) => sum + of(part), 0)
  const moments = [total((part) => part.moments[0]), total((part) => part.moments[1])] as const
  return { perSecond: total((part) => part.perSecond), moments, rare: [...rare.values()] }
}

/** What a run does not show, by block, and by source, whose requests wait for a connection. */
export const unseenIn = oncePer((results: RunResults) => unseenAfter(results, 1))

/** What a run `factor` times as long does not show, by block and by source. */
export function unseenAfter(results: RunResults, factor: number): ReadonlyMap<string, Unseen> {
  const unseen = new Map<string, Unseen>()
  const draws = drawsIn(results)
  const seconds = factor * measuredSeconds(results)
  for (const block of results.blocks) {
    const found = unseenOf(draws.get(block), seconds)
    if (found !== null && found.secondMoment >= leastUnseen) unseen.set(block, found)
  }
  if (unseen.size > 0) passToCallers(results.design, unseen)
  return unseen
}

/** A call also waits for earlier calls that wait for blocks further on: callers of a block have at least its share. */
function passToCallers(design: Design, unseen: Map<string, Unseen>): void {
  const own = new Map(unseen)
  for (const { block, source, caller } of followRequests(design)) {
    const found = own.get(block)
    if (found === undefined) continue
    const raise = (before: string) => {
      const known = unseen.get(before)
      if (known === undefined) unseen.set(before, { ...found, firstMoment: 0 })
      else if (found.secondMoment > known.secondMoment) unseen.set(before, { ...found, firstMoment: known.firstMoment })
    }
    raise(source)
    for (let from = caller; from !== undefined; from = from.caller) raise(from.block)
  }
}

/**
 * What a run of so many seconds is expected not to show: the rare values of each draw, or the whole draw where it may not
 * come at all, less what as many ordinary calls bring. Null where it shows everything.
 */
function unseenOf(place: ExpectedDraws | undefined, seconds: number): Unseen | null {
  if (place === undefined) return null
  const calls = place.perSecond * seconds
  if (calls < 1) return null
  const sharesOf = (order: 1 | 2): readonly number[] => {
    const whole = (place.moments[order - 1] as number) / place.perSecond
    if (whole === 0) return []
    return place.rare.map((draw) => {
      const perCall = draw.perSecond / place.perSecond
      return unseenShare(draw, { perCall, calls, order, whole })
    })
  }
  const [first, second] = [sharesOf(1), sharesOf(2)]
  const largest = [...first, ...second].reduce((most, share) => (share > most ? share : most), 0)
  const draw = place.rare.find((_, i) => first[i] === largest) ?? place.rare.find((_, i) => second[i] === largest)
  if (largest === 0 || draw === undefined) return null
  const most = { draw, expected: draw.perSecond * seconds }
  return { firstMoment: sumUpTo1(first), secondMoment: sumUpTo1(second), most }
}

function sumUpTo1(shares: readonly number[]): number {
  return shares.reduce((sum, share) => Math.min(1, sum + share), 0)
}

interface Within {
  readonly perCall: number
  readonly calls: number
  readonly order: 1 | 2
  /** The moment of all that a call draws. */
  readonly whole: number
}

/**
 * Share of the whole that one draw brings and a run does not show. A draw from a distribution without rare values is unseen where it
 * never comes: of Poisson arrivals expected n times, none comes with probability e^-n. Of what is expected few times, hardly any
 * may come, and a run that met none does not show it: there one in n counts.
 */
function unseenShare({ distribution }: ExpectedDraw, { perCall, calls, order, whole }: Within): number {
  const moment = momentsOf(distribution)[order - 1] as number
  if (perCall === 0) return 0
  if (moment === Number.POSITIVE_INFINITY) return 1
  if (whole === Number.POSITIVE_INFINITY) return 0
  const times = calls * perCall
  const { momentBeyond } = distributions.get(distribution.name)
  const rarity = Math.min(1, 1 / times)
  if (momentBeyond === undefined) {
    const unseen = times < fewTimes ? rarity : exp(-times)
    return Math.max(0, (unseen * perCall * (moment - whole)) / whole)
  }
  const beyond = rarity === 1 ? 1 : momentBeyond(distribution.values, order, rarity)
  return Math.max(0, perCall * moment * beyond - perCall * rarity * whole) / whole
}
