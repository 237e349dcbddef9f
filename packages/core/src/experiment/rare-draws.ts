import { blocks } from '../blocks/index.ts'
import { shortPercent } from '../stats/censored-quantile.ts'
import { type Estimate, notEnough, relativeHalfWidth } from '../stats/estimate.ts'
import { laws } from '../support/laws/index.ts'
import type { ChosenLaw } from '../support/laws/law.ts'
import { partsOf } from './breakdown-answer.ts'
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
  const heavy = heavyLaws(findings)
  return heavy === null ? mean : withheld(mean, ofRequests(findings, kinds, heavy, 1))
}

/** The same for the calls of a block: for how long they stay in it, or wait in it. */
export function unlessRareAt(findings: Findings, place: number, of: 'stay' | 'wait', mean: Estimate): Estimate {
  const heavy = heavyLaws(findings)
  if (heavy === null) return mean
  const block = findings.places.owner(place)
  const { work, wait } = unseenAt(findings, findings.blocks[block] as string, heavy, 1)
  if (of === 'wait') return withheld(mean, wait)
  const total = (value: 'waitMs' | 'doneMs') => findings.blockSum(block, (cell) => cell[value])
  const waiting = Math.min(1, total('waitMs') / total('doneMs'))
  return withheld(mean, waiting * wait + (1 - waiting) * work)
}

/** Whether so many times as many draws would show enough of every value for a mean of this precision. */
export function isSeenWith(times: number, findings: Findings, precision: number): boolean {
  const heavy = heavyLaws(findings)
  return heavy === null || ofRequests(findings, findings.all.kinds, heavy, times) <= mostUnseen * precision
}

function withheld(mean: Estimate, unseen: number): Estimate {
  if (!mean.enough || !(unseen > mostUnseen * relativeHalfWidth(mean)) || unseen < leastUnseen) return mean
  const reason = `about ${shortPercent(unseen)} of it comes from draws too rare to be seen`
  return notEnough(reason, mean.replications, { atLeast: mean.low })
}

/** Share of the mean response that this many times the draws of the run do not show. */
function ofRequests(findings: Findings, kinds: readonly number[], heavy: HeavyLaws, times: number): number {
  const { parts } = partsOf(findings, kinds)
  return parts.reduce((sum, { block, activity, note, share }) => {
    const { work, wait } = unseenAt(findings, block, heavy, times)
    return sum + share * (activity === 'waiting' && !notInLine.has(note ?? '') ? wait : work)
  }, 0)
}

/** Waiting that no work of others makes longer than its mean does: a shared core is a queue by processor sharing. */
const notInLine = new Set(['core', 'pause', 'wait step', 'back-off'])

/** A call waits also for those before it that wait for blocks further on. */
function unseenAt(findings: Findings, block: string, heavy: HeavyLaws, times: number): Unseen {
  const own = momentsUnseen(findings, block, heavy, times)
  let { wait } = own
  for (const further of heavy.keys()) {
    if (further !== block && reaches(findings, block, further)) {
      wait = Math.max(wait, momentsUnseen(findings, further, heavy, times).wait)
    }
  }
  return { work: own.work, wait }
}

function momentsUnseen(findings: Findings, block: string, heavy: HeavyLaws, times: number): Unseen {
  const place = findings.blocks.indexOf(block)
  // A source does no work: its requests wait for a connection.
  const draws = place < 0 ? 0 : times * findings.blockSum(place, (cell) => cell.done)
  if (draws < 1) return { work: 0, wait: 0 }
  const most = (order: 1 | 2) =>
    Math.max(
      0,
      ...(heavy.get(block) ?? []).map((law) => laws.get(law.name).momentBeyond?.(law.values, order, 1 / draws) ?? 0),
    )
  return { work: most(1), wait: most(2) }
}

/** Whether calls of a block lead to another, or requests of a source do. */
function reaches({ design }: Findings, from: string, to: string): boolean {
  for (const flow of followRequests(design)) {
    if (flow.block !== to) continue
    if (flow.source === from) return true
    for (let { caller } = flow; caller !== undefined; { caller } = caller) if (caller.block === from) return true
  }
  return false
}

/** Null where no block has one: then nothing of this costs anything. */
function heavyLaws({ design }: Findings): HeavyLaws | null {
  const heavy = new Map<string, readonly ChosenLaw[]>()
  for (const { name, type, values } of design.blocks) {
    const { params } = blocks.get(type)
    const isTime = (field: string) => params[field]?.facts?.words?.includes('size') !== true
    const own = Object.entries(values).flatMap(([field, value]) => (isTime(field) ? [...heavyIn(value)] : []))
    if (own.length > 0) heavy.set(name, own)
  }
  return heavy.size > 0 ? heavy : null
}

function* heavyIn(value: unknown): Generator<ChosenLaw> {
  if (typeof value !== 'object' || value === null) return
  const { name, values } = value as Partial<ChosenLaw>
  if (name !== undefined && values !== undefined && heavyNames.has(name)) yield value as ChosenLaw
  else for (const part of Object.values(value)) yield* heavyIn(part)
}

/** No other family has a member of such a name. */
const heavyNames = new Set(laws.members.filter((law) => law.momentBeyond !== undefined).map(({ name }) => name))
