import type { Answer, ObjectiveAnswer, PercentileAnswer, RequestAnswer } from '../experiment/answer.ts'
import { isLoaded } from '../experiment/bottleneck.ts'
import { metOrMissed } from '../experiment/judge.ts'
import { worstOf } from '../experiment/overload.ts'
import { isNearKnee } from '../experiment/request-reader.ts'
import { full } from '../experiment/use.ts'
import type { Estimate } from '../stats/estimate.ts'

/** Rounding of sums of many doubles. */
const rounding = 1e-9

/** What one part of an answer says against another: headline, percentiles, objectives, bottleneck, table of blocks. */
export function contradictions(answer: Answer): readonly string[] {
  return [
    ...againstHeadline(answer),
    ...againstBottleneck(answer),
    ...answer.requests.flatMap(({ percentiles }) =>
      percentiles.flatMap((percentile) => againstLongerWork(percentile, isLoaded(answer.bottleneck))),
    ),
    ...answer.objectives.flatMap((objective) => againstObjective(answer, objective)),
  ]
}

function againstHeadline({ verdict, requests, bottleneck, blocks }: Answer): string[] {
  const { outcome, overloads, nearKnee, sentence } = verdict
  const { availability, mean, percentiles, ledger } = requests[0] as RequestAnswer
  const wrong: string[] = []
  if ((outcome === 'overloaded') !== overloads.length > 0) wrong.push('overloaded, and no backlog grows')
  for (const { carriesPerSecond, offeredPerSecond, full: at } of overloads) {
    if (at === null) continue
    if (!(carriesPerSecond <= offeredPerSecond * (1 + rounding))) wrong.push('overloaded, and carries all that comes')
    if (at.utilization < full) wrong.push('overloaded by a resource that is not full')
  }
  if (isEndless(mean) && availability.sufficient && ledger.inFlight > 0) wrong.push('overloaded, and available to all')
  if (outcome === 'carries') {
    const { failed = [] } = blocks.find(({ name }) => name === bottleneck?.block)?.calls ?? {}
    // A phase, or its busiest moment, may request more than is carried in the end.
    const isOfAll = bottleneck?.phase === undefined && bottleneck?.peak === undefined
    if (bottleneck !== null && isOfAll && bottleneck.saturationLoad < 1 - rounding && failed.length === 0)
      wrong.push('carries, and full at a lower load')
    if (availability.sufficient && availability.high < 0.9) wrong.push('carries, and hardly any request is answered')
    if (isEndless(mean)) wrong.push('carries, and the backlog grows without end')
    const isNear = percentiles.some((one) => one.percentile <= 99 && one.nearKnee)
    if (nearKnee !== isNear) wrong.push('the headline and the percentiles differ on the knee')
    if (nearKnee !== sentence.includes('near the knee')) wrong.push('the headline does not say what it is')
  }
  return wrong
}

function isEndless(estimate: Estimate): boolean {
  return !estimate.sufficient && estimate.isGrowing === true
}

/** The bottleneck is the fullest line of the table of blocks, or what a backlog grows at. */
function againstBottleneck({ bottleneck, blocks, verdict }: Answer): string[] {
  const lines = blocks.flatMap(({ name, resources }) =>
    resources.flatMap(({ name: resource, isRoom, utilization, instance }) =>
      isRoom || !utilization.sufficient ? [] : [{ block: name, resource, instance, utilization: utilization.point }],
    ),
  )
  const most = Math.max(0, ...lines.map(({ utilization }) => utilization))
  // Work on a backlog at the start fills a resource, and says nothing of the load at which it is full.
  const isWithBacklog = blocks.some(({ backlog, calls }) => backlog !== undefined && calls.inFlightAtStart > 0)
  if (bottleneck === null) return most > 0 && !isWithBacklog ? ['something is in use, and nothing fills up first'] : []
  const { saturationLoad, utilization } = bottleneck
  const worst = worstOf(verdict.overloads.filter(({ full: at }) => at !== null))
  if (worst !== undefined) {
    if (bottleneck.block !== (worst.full?.block ?? worst.block))
      return ['the backlog grows at one block, and another one fills up first']
    return saturationLoad <= 1 + rounding ? [] : ['overloaded, and full at a higher load']
  }
  // The table is of the whole run.
  if (bottleneck.phase !== undefined) return []
  const line = lines.find(
    (one) =>
      one.block === bottleneck.block && one.resource === bottleneck.resource && one.instance === bottleneck.instance,
  )
  if (line === undefined || line.utilization !== utilization) return ['the bottleneck is not in the table of blocks']
  if (isWithBacklog) return []
  if (utilization !== most) return ['the bottleneck is not the fullest']
  const { peak = 1 } = bottleneck
  if (utilization < full && Math.abs(saturationLoad * utilization * peak - 1) > rounding)
    return ['full at another load']
  return []
}

function againstLongerWork(
  { estimate, serviceTimePlus5, serviceTimePlus20, nearKnee }: PercentileAnswer,
  isBusy: boolean,
): string[] {
  if (!estimate.sufficient || serviceTimePlus5 === null || serviceTimePlus20 === null) return []
  const wrong: string[] = []
  if (serviceTimePlus5 === Number.POSITIVE_INFINITY && serviceTimePlus20 < serviceTimePlus5)
    wrong.push('work 20 % longer is answered, 5 % is not')
  // A resource with room may be overloaded by longer work: only the runs with longer work say so.
  const isMuchLonger = isNearKnee(estimate.point, [serviceTimePlus5, serviceTimePlus20], true)
  if ((nearKnee && !isMuchLonger) || (!nearKnee && isMuchLonger && isBusy)) wrong.push('near the knee, and not')
  return wrong
}

function againstObjective(answer: Answer, { objective, measured, verdict }: ObjectiveAnswer): string[] {
  if (answer.run.stopped !== null) return []
  if (measured.sufficient && verdict !== metOrMissed(objective, measured))
    return ['an objective against its own measure']
  const { subject, measure, window, percentile } = objective
  if (window !== undefined) return []
  if (subject.kind === 'block') {
    if (measure !== 'utilization' || subject.instance !== undefined) return []
    const cores = answer.blocks
      .find(({ name }) => name === subject.block)
      ?.resources.find(({ name }) => name === 'cores')
    return cores === undefined ? [] : differing(measured, cores.utilization)
  }
  const name =
    subject.kind === 'design' ? 'all' : subject.kind === 'request' ? `${subject.source}.${subject.request}` : ''
  const printed = answer.requests.find((one) => one.name === name)
  if (printed === undefined) return []
  if (measure === 'mean') return differing(measured, printed.mean)
  if (measure === 'availability') return differing(measured, printed.availability)
  if (measure !== 'percentile') return []
  if (printed.percentiles.length === 0 && verdict === 'met' && measured.sufficient)
    return ['a percentile is held where none is printed']
  const own = printed.percentiles.find((one) => one.percentile === percentile)
  return own === undefined ? [] : differing(measured, own.estimate)
}

function differing(measured: Estimate, printed: Estimate): string[] {
  if (!measured.sufficient || !printed.sufficient) return []
  const isSame = measured.point === printed.point && measured.low === printed.low && measured.high === printed.high
  return isSame ? [] : ['an objective measures another number than is printed']
}
