import type { Design } from '../language/design.ts'
import { shortPercent } from '../stats/censored-quantile.ts'
import { type Estimate, notEnough, relativeHalfWidth } from '../stats/estimate.ts'
import { exp } from '../support/elementary.ts'
import { laws } from '../support/laws/index.ts'
import type { ChosenLaw } from '../support/laws/law.ts'
import { oncePer } from '../support/once-per.ts'
import { sharesOf } from './breakdown-answer.ts'
import {
  type ExpectedDraw,
  type ExpectedDraws,
  expectedDraws,
  kindName,
  momentsOf,
  rareLaws,
} from './expected-draws.ts'
import type { Findings } from './findings.ts'
import { flowRates, measuredSeconds } from './flow-rates.ts'
import { followRequests } from './flows.ts'

/**
 * What is drawn so rarely that a run hardly sees it, and yet carries much of a mean: rare values of a law, and work that is
 * rarely chosen, by a branch, a kind of request or a source. The mean wait in line grows with the
 * second moment of the work (F. Pollaczek, 1930; A. Khinchin, 1932): with Pareto work of shape 2.2, a fifth of that lies in
 * values rarer than one in a million. A run without them finds waits too short, and its interval shows only how much the
 * values that did come differ.
 */

/** A mean is withheld where more of it is unseen than this share of half its interval. */
const mostUnseen = 1 / 3

/** A mean is given where no more than this is unseen: half intervals shrink faster with more draws than what is unseen. */
const leastWithheld = 0.01
/** Shares below this matter to no mean. */
const leastUnseen = 1e-4
/** What is expected fewer times than this may by chance have come hardly ever. */
export const fewTimes = 10

/** A draw, and how many times it is expected in a run. */
export interface RareDraw {
  readonly draw: ExpectedDraw
  readonly times: number
}

/** Share of the mean work, and of its second moment, that a run is expected to miss. */
interface Unseen {
  readonly work: number
  readonly wait: number
  /** What most of it is. */
  readonly most: RareDraw
}

/** The estimate of a mean over requests of these kinds, unless too much of it is in values too rare to be seen. */
export function unlessRare(findings: Findings, kinds: readonly number[], mean: Estimate): Estimate {
  return withheld(mean, ofRequests(findings, kinds, 1))
}

/** The same for the calls of a block: for how long they stay in it, or wait in it. */
export function unlessRareAt(findings: Findings, place: number, of: 'stay' | 'wait', mean: Estimate): Estimate {
  const found = unseenIn(findings).get(findings.blocks[findings.places.owner(place)] as string)
  if (found === undefined) return mean
  const { work, wait, most } = found
  if (of === 'wait') return withheld(mean, { share: wait, most })
  const total = (value: 'waitMs' | 'doneMs') => findings.blockSum(place, (cell) => cell[value])
  const [waited, stayed] = [total('waitMs'), total('doneMs')]
  if (stayed === 0) return mean
  const waiting = Math.min(1, waited / stayed)
  return withheld(mean, { share: shareOfTrue(waiting * grown(wait) + (1 - waiting) * grown(work)), most })
}

/** Whether so many times as many draws would show enough of every value for a mean of this precision. */
export function isSeenWith(times: number, findings: Findings, precision: number): boolean {
  return (ofRequests(findings, findings.all.kinds, times)?.share ?? 0) <= mostHidden(precision)
}

/** With less of the mean unseen than this, its lower bound still tells whether a load is carried. */
const leastTelling = 0.1

/** Work rarely chosen that much of the mean response may come from; null where there is none, or only rare values of a law. */
export function rareWorkOf(findings: Findings): RareDraw | null {
  const answered = findings.ratio(
    findings.all,
    (cell) => cell.sumMs,
    (cell) => cell.answered,
  )
  const unseen = ofRequests(findings, findings.all.kinds, 1)
  const isMissed = unseen !== null && !withheld(answered, unseen).enough && answered.enough
  return isMissed && unseen.share > leastTelling && unseen.most.times < fewTimes ? unseen.most : null
}

/** `work at server, of 20 s on average, is expected 0.54 times in this run`. */
export function rareSaid({ draw, times }: RareDraw): string {
  const mean = momentsOf(draw.law)[0]
  const seconds = mean >= 1000 ? `${short(mean / 1000)} s` : `${short(mean)} ms`
  return `work at ${draw.block}, of ${seconds} on average, is expected ${short(times)} times in this run`
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)))
}

interface Missing {
  readonly share: number
  readonly most: RareDraw
}

function withheld(mean: Estimate, missing: Missing | null): Estimate {
  if (!mean.enough || missing === null || missing.share <= mostHidden(relativeHalfWidth(mean))) return mean
  const reason = `about ${shortPercent(missing.share)} of it comes from draws too rare to be seen`
  const why = missing.most.times < fewTimes ? `: ${rareSaid(missing.most)}` : ''
  return notEnough(reason + why, mean.replications, { atLeast: mean.low })
}

/** The largest share that an interval of this relative half-width allows to be unseen. */
function mostHidden(halfWidth: number): number {
  return Math.max(leastWithheld, mostUnseen * halfWidth)
}

/** How many times as long as what was seen is the whole. */
function grown(unseen: number): number {
  return 1 / (1 - unseen)
}

/** What share of the whole the unseen is, where the whole is so many times as long as what was seen. */
function shareOfTrue(times: number): number {
  return 1 - 1 / times
}

/** Share of the mean response that is not seen with so many times the draws; null where all is. */
function ofRequests(findings: Findings, kinds: readonly number[], times: number): Missing | null {
  if (rareLaws(findings.design).size === 0) return null
  const own = ofKinds(findings, kinds, times)
  const atBlocks = times === 1 ? unseenIn(findings) : unseenAfter(findings, times)
  if (own === null && atBlocks.size === 0) return null
  const parts = sharesOf(findings, kinds)
  const meanMs = parts.reduce((sum, { ms }) => sum + ms, 0)
  if (meanMs === 0) return null
  let more = (own?.unseenMs ?? 0) / meanMs
  let largest = more
  let most = own?.most
  for (const { block, activity, note, share } of parts) {
    const found = atBlocks.get(block)
    if (found === undefined || activity !== 'waiting' || note === 'wait step') continue
    const waits = share * (grown(notInLine.has(note ?? '') ? found.work : found.wait) - 1)
    more += waits
    if (waits <= largest && most !== undefined) continue
    largest = waits
    most = found.most
  }
  return most === undefined ? null : { share: shareOfTrue(1 + more), most }
}

/** Waiting that no work of others makes longer than its mean does: a shared core is a queue by processor sharing. */
const notInLine = new Set(['core', 'pause', 'back-off'])

/** What the requests of these kinds draw themselves and a run does not show, in ms per request. */
function ofKinds(findings: Findings, kinds: readonly number[], times: number) {
  const draws = drawsIn(findings)
  const own = kinds.flatMap((index) => {
    const { source, name } = findings.kinds[index] as Findings['kinds'][number]
    return draws.get(kindName({ source, kind: name })) ?? []
  })
  const all = merged(own)
  const unseen = unseenOf(all, times * measuredSeconds(findings))
  return unseen === null ? null : { unseenMs: (unseen.work * all.moments[0]) / all.perSecond, most: unseen.most }
}

function merged(parts: readonly ExpectedDraws[]): ExpectedDraws {
  const rare = new Map<ChosenLaw, ExpectedDraw>()
  for (const draw of parts.flatMap((part) => part.rare)) {
    const perSecond = draw.perSecond + (rare.get(draw.law)?.perSecond ?? 0)
    rare.set(draw.law, { ...draw, perSecond })
  }
  const total = (of: (part: ExpectedDraws) => number) => parts.reduce((sum, part) => sum + of(part), 0)
  const moments = [total((part) => part.moments[0]), total((part) => part.moments[1])] as const
  return { perSecond: total((part) => part.perSecond), moments, rare: [...rare.values()] }
}

const unseenIn = oncePer((findings: Findings) => unseenAfter(findings, 1))

const noDraws: ReadonlyMap<string, ExpectedDraws> = new Map()

/** What is drawn in a run, expected as often as its calls were measured. */
export const drawsIn = oncePer((findings: Findings): ReadonlyMap<string, ExpectedDraws> => {
  return rareLaws(findings.design).size === 0 ? noDraws : expectedDraws(findings.design, flowRates(findings))
})

/**
 * What this many times the draws of a run do not show, by block, and by source, where requests wait for a connection. A call
 * waits also for those before it that wait for blocks further on.
 */
function unseenAfter(findings: Findings, times: number): ReadonlyMap<string, Unseen> {
  const unseen = new Map<string, Unseen>()
  const draws = drawsIn(findings)
  const seconds = times * measuredSeconds(findings)
  for (const block of findings.blocks) {
    const found = unseenOf(draws.get(block), seconds)
    if (found !== null && found.wait >= leastUnseen) unseen.set(block, found)
  }
  if (unseen.size > 0) handBack(findings.design, unseen)
  return unseen
}

/** Whoever calls a block waits as it does. */
function handBack(design: Design, unseen: Map<string, Unseen>): void {
  const own = new Map(unseen)
  for (const { block, source, caller } of followRequests(design)) {
    const found = own.get(block)
    if (found === undefined) continue
    const atLeast = (before: string) => {
      const known = unseen.get(before)
      if (known === undefined) unseen.set(before, { ...found, work: 0 })
      else if (found.wait > known.wait) unseen.set(before, { ...found, work: known.work })
    }
    atLeast(source)
    for (let from = caller; from !== undefined; from = from.caller) atLeast(from.block)
  }
}

/**
 * What a run of so many seconds is expected to miss, as shares of the first and of the second moment of the times drawn:
 * the rare values of each draw, or the whole draw where it may not come at all, less what as many ordinary calls bring.
 * Null where nothing is missed.
 */
function unseenOf(place: ExpectedDraws | undefined, seconds: number): Unseen | null {
  if (place === undefined) return null
  const calls = place.perSecond * seconds
  if (calls < 1) return null
  let most: RareDraw | null = null
  let largest = 0
  const shareOf = (order: 1 | 2) => {
    const whole = (place.moments[order - 1] as number) / place.perSecond
    if (whole === 0) return 0
    return place.rare.reduce((sum, draw) => {
      const perCall = draw.perSecond / place.perSecond
      const share = missedOf(draw, { perCall, calls, order, whole })
      if (share > largest) {
        largest = share
        most = { draw, times: draw.perSecond * seconds }
      }
      return Math.min(1, sum + share)
    }, 0)
  }
  const [work, wait] = [shareOf(1), shareOf(2)]
  return most === null ? null : { work, wait, most }
}

interface Within {
  readonly perCall: number
  readonly calls: number
  readonly order: 1 | 2
  /** The moment of all that a call draws. */
  readonly whole: number
}

/**
 * Share of the whole that one draw brings and a run misses. A draw from a law without rare values is missed only where it
 * never comes. Of Poisson arrivals expected n times, none comes with probability e^-n.
 */
function missedOf({ law }: ExpectedDraw, { perCall, calls, order, whole }: Within): number {
  const moment = momentsOf(law)[order - 1] as number
  if (perCall === 0) return 0
  if (moment === Number.POSITIVE_INFINITY) return 1
  const times = calls * perCall
  const { momentBeyond } = laws.get(law.name)
  if (momentBeyond === undefined) return Math.max(0, (exp(-times) * perCall * (moment - whole)) / whole)
  const rarity = Math.min(1, 1 / times)
  const beyond = rarity === 1 ? 1 : momentBeyond(law.values, order, rarity)
  return Math.max(0, perCall * moment * beyond - perCall * rarity * whole) / whole
}
