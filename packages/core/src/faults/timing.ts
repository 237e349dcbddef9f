import type { FieldReport } from '../support/definition.ts'
import { createSampler, distributions } from '../support/distributions/index.ts'
import { type Misnomers, renamed } from '../support/misnomers.ts'
import { distribution, duration, name, portion, type Reference, type Values } from '../support/params.ts'

/** When a fault happens, how often and to how many: the same fields for every fault. */
export const timing = {
  at: duration({
    meaning:
      'when it first happens; without it at 0 s, or with `every` as it is after a long time: it may last already at 0 s',
    optional: true,
  }),
  for: distribution({
    meaning: 'how long it lasts; without it to the end of the run',
    dimension: 'duration',
    family: distributions,
    optional: true,
  }),
  every: distribution({
    meaning:
      'time from one to the next; with a distribution, the time between failures of each instance. One that would begin before the last is over is left out',
    dimension: 'duration',
    family: distributions,
    optional: true,
  }),
  until: duration({ meaning: 'no new one begins after it', optional: true }),
  count: portion({
    meaning: 'how many of the instances it strikes, drawn each time: `2` or `30%`; without it all, each on its own',
    optional: true,
  }),
  name: name({ meaning: 'its name, for objectives such as `p99 < 1s during zone-lost`', optional: true }),
}

/** Words that people write for these fields. */
export const timingMisnomers: Misnomers = {
  duration: renamed('for', '30s'),
  length: renamed('for', '30s'),
  start: renamed('at', '20s'),
  time: renamed('at', '20s'),
  after: renamed('at', '20s'),
  interval: renamed('every', '10min', 'exponential {given}'),
  mtbf: renamed('every', '30d', 'exponential {given}'),
  mttr: renamed('for', '10min', 'exponential {given}'),
  rate: 'write `every: exponential 10s`, the time from one to the next',
  target: 'write the block beside the fault: `crash: web.2`',
  instance: 'write the instance with its block: `crash: web.2`',
}

export type TimingParams = typeof timing
export type TimingValues = Values<TimingParams>

/** Reports timings that contradict themselves. */
export function checkTiming(
  { at, for: lasts, every, until }: TimingValues,
  isMoment: boolean,
  report: FieldReport,
): void {
  if (every === undefined) {
    if (until !== undefined) report('until', '`until` needs `every`', 'write `for`, or add `every: exponential 10min`')
    return
  }
  if (lasts === undefined && !isMoment) {
    report('every', '`every` needs `for`, or the first would never end', 'add how long one lasts, such as `for: 1s`')
  }
  if (!(createSampler(every).mean > 0)) report('every', '`every` must be longer than 0s', 'write `every: 10min`')
  if (at !== undefined && until !== undefined && until <= at) {
    report('until', '`until` is not after `at`', 'write a later time')
  }
}

/** Mean time from one to the next of a fault that happens again and again; undefined for one that happens once. */
export function cycleOf({ for: lasts, every }: TimingValues): number | undefined {
  if (every === undefined) return undefined
  const { constant, mean } = createSampler(every)
  return constant ?? mean + (lasts === undefined ? 0 : createSampler(lasts).mean)
}

/** A moment that the answer reports: a phase of the run begins here. */
export interface Moment {
  readonly atMs: number
  readonly label: string
  /** Of the end of an event: when it began. */
  readonly sinceMs?: number
  /** The name that the design gives the event. */
  readonly event?: string
}

interface States {
  readonly state: string
  readonly stateAfter: string
}

/** The moments of a fault that are known before a run. */
export function momentsOf(states: States, values: TimingValues, touched: readonly Reference[]): readonly Moment[] {
  const { at, every, until, name } = values
  const lasts = values.for === undefined ? undefined : createSampler(values.for).constant
  const what = touched.map(nameOf).join(', ')
  const event = name === undefined ? {} : { event: name }
  const begin = (atMs: number, label: string): Moment => ({ atMs, label: name ?? label, ...event })
  const end = (atMs: number, label: string, sinceMs: number): Moment => ({
    atMs,
    label: name === undefined ? label : `after ${name}`,
    sinceMs,
    ...event,
  })
  if (every === undefined) {
    const atMs = at ?? 0
    const first = begin(atMs, `${what} ${states.state}`)
    return lasts === undefined ? [first] : [first, end(atMs + lasts, `${what} ${states.stateAfter}`, atMs)]
  }
  const often = `${what} ${states.state} again and again`
  return [
    ...(at === undefined ? [] : [begin(at, often)]),
    ...(until === undefined ? [] : [end(until, `${often}: the end`, at ?? 0)]),
  ]
}

/** When something happens: undefined where random decides, Infinity where it does not end. */
export interface EventTime {
  readonly fromMs: number | undefined
  readonly toMs: number | undefined
}

/** When a fault happens; of one that happens again and again neither its beginning nor its end is one moment. */
export function timeOf({ at = 0, for: lasts, every }: TimingValues, isMoment: boolean): EventTime {
  if (every !== undefined) return { fromMs: undefined, toMs: undefined }
  if (isMoment) return { fromMs: at, toMs: at }
  const lastsMs = lasts === undefined ? Number.POSITIVE_INFINITY : createSampler(lasts).constant
  return { fromMs: at, toMs: lastsMs === undefined ? undefined : at + lastsMs }
}

/** Whether it happens again and again at all times, and so belongs to the steady state. */
export function isPermanent({ at, every, until }: TimingValues): boolean {
  return every !== undefined && at === undefined && until === undefined
}

/** A reference as it is written. */
export function nameOf({ block, instance, role, operation }: Reference): string {
  return [block, instance, role, operation].filter((part) => part !== undefined).join('.')
}
