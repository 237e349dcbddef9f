import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import { shortPercent } from '../stats/censored-quantile.ts'
import { type Estimate, notEnough, relativeHalfWidth } from '../stats/estimate.ts'
import { laws } from '../support/laws/index.ts'
import type { ChosenLaw } from '../support/laws/law.ts'
import { oncePer } from '../support/once-per.ts'
import { visitFields } from '../support/params.ts'
import { sharesOf } from './breakdown-answer.ts'
import type { Findings } from './findings.ts'
import { followRequests } from './flows.ts'

/**
 * What a law draws so rarely that a run hardly sees it, and yet carries much of a mean. The mean wait in line grows with
 * the second moment of the work (F. Pollaczek, 1930; A. Khinchin, 1932): with Pareto work of shape 2.2, a fifth of that lies in
 * values rarer than one in a million. A run without them finds waits too short, and its interval shows only how much the
 * values that did come differ.
 */

/** A mean is withheld where more of it is unseen than this share of half its interval. */
const mostUnseen = 1 / 3

/** A mean is given where no more than this is unseen: half intervals shrink faster with more draws than what is unseen. */
const leastWithheld = 0.01
/** Shares below this matter to no mean. */
const leastUnseen = 1e-4

/** Share of the mean work, and of its second moment, in values rarer than one in so many draws. */
interface Unseen {
  readonly work: number
  readonly wait: number
}

/** The laws of a block of which a run may miss a part that matters: heavy ones. */
type HeavyLaws = ReadonlyMap<string, readonly ChosenLaw[]>

/** The estimate of a mean over requests of these kinds, unless too much of it is in values too rare to be seen. */
export function unlessRare(findings: Findings, kinds: readonly number[], mean: Estimate): Estimate {
  return withheld(mean, ofRequests(findings, kinds, unseenIn(findings)))
}

/** The same for the calls of a block: for how long they stay in it, or wait in it. */
export function unlessRareAt(findings: Findings, place: number, of: 'stay' | 'wait', mean: Estimate): Estimate {
  const unseen = unseenIn(findings).get(findings.blocks[findings.places.owner(place)] as string)
  if (unseen === undefined) return mean
  if (of === 'wait') return withheld(mean, unseen.wait)
  const total = (value: 'waitMs' | 'doneMs') => findings.blockSum(place, (cell) => cell[value])
  const [waited, stayed] = [total('waitMs'), total('doneMs')]
  if (stayed === 0) return mean
  const waiting = Math.min(1, waited / stayed)
  return withheld(mean, waiting * unseen.wait + (1 - waiting) * unseen.work)
}

/** Whether so many times as many draws would show enough of every value for a mean of this precision. */
export function isSeenWith(times: number, findings: Findings, precision: number): boolean {
  return ofRequests(findings, findings.all.kinds, unseenAfter(findings, times)) <= mostHidden(precision)
}

function withheld(mean: Estimate, unseen: number): Estimate {
  if (!mean.enough || unseen <= mostHidden(relativeHalfWidth(mean))) return mean
  const reason = `about ${shortPercent(unseen)} of it comes from draws too rare to be seen`
  return notEnough(reason, mean.replications, { atLeast: mean.low })
}

/** The largest share that an interval of this relative half-width allows to be unseen. */
function mostHidden(halfWidth: number): number {
  return Math.max(leastWithheld, mostUnseen * halfWidth)
}

/** Share of the mean response that is not seen. */
function ofRequests(findings: Findings, kinds: readonly number[], unseen: ReadonlyMap<string, Unseen>): number {
  if (unseen.size === 0) return 0
  return sharesOf(findings, kinds).reduce((sum, { block, activity, note, share }) => {
    const { work, wait } = unseen.get(block) ?? { work: 0, wait: 0 }
    return sum + share * (activity === 'waiting' && !notInLine.has(note ?? '') ? wait : work)
  }, 0)
}

/** Waiting that no work of others makes longer than its mean does: a shared core is a queue by processor sharing. */
const notInLine = new Set(['core', 'pause', 'wait step', 'back-off'])

const unseenIn = oncePer((findings: Findings) => unseenAfter(findings, 1))

/**
 * What this many times the draws of a run do not show, by block, and by source, where requests wait for a connection. A call
 * waits also for those before it that wait for blocks further on.
 */
function unseenAfter(findings: Findings, times: number): ReadonlyMap<string, Unseen> {
  const unseen = new Map<string, Unseen>()
  for (const [block, chosen] of heavyLaws(findings.design)) {
    const draws = times * findings.blockSum(findings.blocks.indexOf(block), (cell) => cell.done)
    if (draws < 1) continue
    const most = (order: 1 | 2) =>
      Math.max(...chosen.map(({ name, values }) => laws.get(name).momentBeyond?.(values, order, 1 / draws) ?? 0))
    const own = { work: most(1), wait: most(2) }
    if (own.wait >= leastUnseen) unseen.set(block, own)
  }
  if (unseen.size === 0) return unseen
  const own = new Map(unseen)
  for (const { block, source, caller } of followRequests(findings.design)) {
    const wait = own.get(block)?.wait ?? 0
    if (wait === 0) continue
    const atLeast = (before: string) => {
      const { work, wait: found } = unseen.get(before) ?? { work: 0, wait: 0 }
      unseen.set(before, { work, wait: Math.max(found, wait) })
    }
    atLeast(source)
    for (let from = caller; from !== undefined; from = from.caller) atLeast(from.block)
  }
  return unseen
}

/** By block. Where no block has one, nothing of this costs anything. */
const heavyLaws = oncePer((design: Design): HeavyLaws => {
  const heavy = new Map<string, ChosenLaw[]>()
  for (const { name, type, values } of design.blocks) {
    visitFields(blocks.get(type).params, values, name, (_path, { kind, facts }, value) => {
      if (kind !== 'law') return true
      const law = value as ChosenLaw
      const isTime = facts?.words?.[0] === 'duration'
      if (isTime && laws.get(law.name).momentBeyond !== undefined) heavy.set(name, [...(heavy.get(name) ?? []), law])
      return false
    })
  }
  return heavy
})
