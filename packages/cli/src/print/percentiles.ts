import { type Answer, type PercentileAnswer, type RequestAnswer, replicationsForQuantile } from '@loadpath/core'
import { briefly, inOneUnit, isBounded, type Measured, quantity, range, withRange } from './number.ts'
import { type Page, prose, section } from './page.ts'
import { type Cell, type Column, table } from './table.ts'
import { sentenceOf } from './verdict.ts'

/** The percentiles of the response time, next to their values with longer service times. */
export function printPercentiles(answer: Answer, page: Page): string[] {
  const all = answer.requests[0]
  if (all === undefined || all.percentiles.length === 0) return []
  const hasLonger = all.percentiles.some(
    ({ serviceTimePlus5, serviceTimePlus20, serviceTimePlusUnknown }) =>
      serviceTimePlus5 !== null || serviceTimePlus20 !== null || serviceTimePlusUnknown !== null,
  )
  const columns: Column[] = [
    { heading: 'percentile' },
    { heading: 'response time' },
    ...(hasLonger ? [{ heading: 'service time +5 %' }, { heading: '+20 %' }] : []),
  ]
  const unit = unitOf(all.percentiles)
  const rows = all.percentiles.map((percentile): Cell[] => {
    const response = percentile.estimate.sufficient ? responseOf(percentile, unit) : briefly(percentile.estimate, unit)
    const isDoubtful = percentile.nearKnee || !percentile.estimate.sufficient
    return [
      `p${percentile.percentile}`,
      isDoubtful ? { text: response, paint: page.colours.doubtful } : response,
      ...(hasLonger ? [longer(percentile.serviceTimePlus5, unit), longer(percentile.serviceTimePlus20, unit)] : []),
    ]
  })
  const lines = table(columns, rows, { width: page.width, paintHeading: page.colours.quiet })
  if (all.percentiles.some(({ nearKnee }) => nearKnee)) {
    const note = 'Near the knee, the range ends at the value of the percentile with service times 20 % longer.'
    lines.push(...prose(note, page, { paint: page.colours.quiet }))
  }
  lines.push(...unknownSaid(all.percentiles).flatMap((note) => prose(note, page, { paint: page.colours.quiet })))
  lines.push(...fewSaid(answer).flatMap((note) => prose(note, page, { paint: page.colours.quiet })))
  const [open] = all.percentiles.flatMap(({ estimate }) =>
    !estimate.sufficient && isBounded(estimate) ? [estimate] : [],
  )
  if (open !== undefined) {
    const note = `${sentenceOf(open.reason)} A percentile among them is at least the value shown.`
    lines.push(...prose(note, page, { paint: page.colours.quiet }))
  }
  return section('Response time', lines, page)
}

/** The unit of percentiles, and of their values with longer service times, which are compared with one another. */
export function unitOf(percentiles: readonly PercentileAnswer[]): Measured {
  return inOneUnit(
    percentiles.flatMap(({ estimate, serviceTimePlus5, serviceTimePlus20 }) => [
      estimate,
      serviceTimePlus5,
      serviceTimePlus20,
    ]),
  )
}

/** The remedy if the design requests fewer replications than a percentile needs. */
export function fewSaid({ run }: Answer): readonly string[] {
  const isAsked = run.kind === 'terminating' && run.stopped === null && run.replications < replicationsForQuantile
  return isAsked
    ? [
        `Percentiles need ${replicationsForQuantile} replications: set run.repeat to at least ${replicationsForQuantile}.`,
      ]
    : []
}

/** Why percentiles have no value with longer service times; percentiles with the same reason share a sentence. */
export function unknownSaid(percentiles: readonly PercentileAnswer[]): readonly string[] {
  const reasons = new Map<string, string[]>()
  for (const { percentile, serviceTimePlus5, serviceTimePlusUnknown } of percentiles) {
    if (serviceTimePlusUnknown === null) continue
    const name = `with service times ${serviceTimePlus5 === null ? '5 % and 20 %' : '20 %'} longer: ${serviceTimePlusUnknown}`
    reasons.set(name, [...(reasons.get(name) ?? []), `p${percentile}`])
  }
  return [...reasons].map(([reason, names]) => `${names.join(', ')} unknown ${reason}.`)
}

/** The percentile with its interval; near the knee, the range up to its value with longer service times. */
export function responseOf(
  { estimate, serviceTimePlus20, nearKnee }: PercentileAnswer,
  unit: Measured = 'duration',
): string {
  if (!nearKnee || !estimate.sufficient || serviceTimePlus20 === null) return withRange(estimate, unit)
  return `${range(Math.min(estimate.low, serviceTimePlus20), Math.max(estimate.high, serviceTimePlus20), unit)}, near the knee`
}

/** The same for one cell of a table; empty if the design does not request the percentile. */
export function tailOf(request: RequestAnswer, unit: Measured = 'duration', percentile = 99): string {
  const found = percentileOf(request, percentile)
  if (found === undefined) return ''
  return found.estimate.sufficient ? responseOf(found, unit) : briefly(found.estimate, unit)
}

/** The unit in which `tailOf` of several kinds of request or phases is compared. */
export function unitOfTails(requests: readonly RequestAnswer[], percentile = 99): Measured {
  return inOneUnit(requests.map((request) => percentileOf(request, percentile)?.estimate))
}

function percentileOf({ percentiles }: RequestAnswer, percentile: number): PercentileAnswer | undefined {
  return percentiles.find((one) => one.percentile === percentile)
}

function longer(value: number | null, unit: Measured): string {
  return value === null ? '' : quantity(value, unit)
}
