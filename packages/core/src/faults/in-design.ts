import { createSampler } from '../support/distributions/index.ts'
import type { Chosen, Reference, Values } from '../support/params.ts'
import { type FaultContext, type FaultProblem, type Idle, withoutEffect } from './context.ts'
import type { Affects, Coming, Fault } from './fault.ts'
import { faults } from './index.ts'
import { type FaultPlace, scheduleFault } from './schedule.ts'
import { cycleOf, type EventTime, isPermanent, type Moment, momentsOf, type TimingValues, timeOf } from './timing.ts'

/** Values of a fault in a design; the check has accepted them. */
function valuesOf({ values }: Chosen): Values<Fault['params']> {
  return values as Values<Fault['params']>
}

/** What a fault of a design affects. */
export function touchedBy(chosen: Chosen): readonly Reference[] {
  return faults.get(chosen.name).touches(valuesOf(chosen))
}

/** What a fault of a design changes. */
export function affectedBy(chosen: Chosen): Affects {
  return faults.get(chosen.name).affects
}

/** What a planned change of a design needs of instances of `block` that come; none if it changes another. */
export function comingOf(chosen: Chosen, block: string): readonly Coming[] {
  const { coming } = faults.get(chosen.name)
  if (coming === undefined || touchedBy(chosen).every((touched) => touched.block !== block)) return []
  return [coming(valuesOf(chosen))]
}

/** The moments of a fault of a design that are known before a run. */
export function faultMoments(chosen: Chosen): readonly Moment[] {
  return momentsOf(faults.get(chosen.name), valuesOf(chosen) as TimingValues, touchedBy(chosen))
}

/** All that the faults of a design touch that change one of these. */
export function touchedWhere(chosen: readonly Chosen[], ...affects: readonly Affects[]): readonly Reference[] {
  return chosen.filter((one) => affects.includes(affectedBy(one))).flatMap(touchedBy)
}

/** Whether a fault of a design belongs to the steady state. */
export function isPermanentFault(chosen: Chosen): boolean {
  return isPermanent(valuesOf(chosen) as TimingValues)
}

/** Mean time from one to the next of a fault of a design at one instance, ms; with `count`, at all of them. */
export function faultCycle(chosen: Chosen): { readonly ms: number; readonly isOfAll: boolean } | undefined {
  const timing = valuesOf(chosen) as TimingValues
  const ms = cycleOf(timing)
  return ms === undefined ? undefined : { ms, isOfAll: timing.count !== undefined }
}

/** What a fault of a design does each time that it happens. */
export interface FaultStrike {
  readonly state: string
  readonly failsHealthChecks: boolean
  readonly touched: readonly Reference[]
  /** Whether it strikes all instances that it affects at the same time. */
  readonly isAllAtOnce: boolean
  /** How long it lasts on average, ms; Infinity to the end of the run. */
  readonly meanMs: number
}

export function faultStrike(chosen: Chosen): FaultStrike {
  const { state, failsHealthChecks = false } = faults.get(chosen.name)
  const { for: lasts, every, count } = valuesOf(chosen) as TimingValues
  const isEachOnItsOwn = every !== undefined && createSampler(every).constant === undefined
  return {
    state,
    failsHealthChecks,
    touched: touchedBy(chosen),
    isAllAtOnce: count === undefined && !isEachOnItsOwn,
    meanMs: lasts === undefined ? Number.POSITIVE_INFINITY : createSampler(lasts).mean,
  }
}

/** What does not fit between a fault and the rest of its design; a warning where it can change nothing. */
export function contextProblems(chosen: Chosen, context: FaultContext): readonly FaultProblem[] {
  const fault = faults.get(chosen.name)
  const values = valuesOf(chosen)
  const idle = fault.idle?.(values) ?? (fault.actsAtOnce === true ? null : idleTime(values as TimingValues))
  return [
    ...(idle === null ? [] : [withoutEffect(chosen.name, idle)]),
    ...(fault.checkContext?.(values, context) ?? []),
  ]
}

function idleTime({ for: lasts }: TimingValues): Idle | null {
  if (lasts === undefined || createSampler(lasts).constant !== 0) return null
  return { field: 'for', why: 'it lasts for no time', hint: 'write `for: 10s`' }
}

/** Schedules a fault of a design. */
export function scheduleIn(place: FaultPlace, chosen: Chosen): void {
  scheduleFault(faults.get(chosen.name), valuesOf(chosen), place)
}

/** When each of these faults that has a name begins and ends, as far as that is known before a run. */
export function eventsOf(chosen: readonly Chosen[]): ReadonlyMap<string, EventTime> {
  return new Map(
    chosen.flatMap((one) => {
      const timing = valuesOf(one) as TimingValues
      return timing.name === undefined
        ? []
        : [[timing.name, timeOf(timing, faults.get(one.name).isMoment === true)] as const]
    }),
  )
}
