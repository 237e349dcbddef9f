import type { Stream } from '../kernel/random.ts'
import type { Definition, FieldReport } from '../support/definition.ts'
import type { Params, Reference, Values } from '../support/params.ts'
import type { Condition, Restore } from './condition.ts'
import { checkTiming, type TimingParams, type TimingValues, timing, timingMisnomers } from './timing.ts'

/** What a fault is let loose on. */
export interface Scene {
  /** The instances that it affects this time. */
  readonly affected: readonly Condition[]
  /** Random numbers of its own. */
  readonly stream: Stream
}

/** What a fault says of itself. When it happens, how often, to how many and under which name is not its concern. */
export interface FaultDefinition<P extends Params = Params> extends Definition<P> {
  /** The state of what is affected, in the label of a phase: `web.2 down`. */
  readonly state: string
  /** The state afterwards: `web.2 back`. */
  readonly stateAfter: string
  /** What it affects. */
  touches(values: Values<P>): readonly Reference[]
  /** Begins it. @returns what ends it */
  inject(values: Values<P>, scene: Scene): Restore
}

/** Something that can go wrong, at a moment or again and again. */
export type Fault<P extends Params = Params> = FaultDefinition<P & TimingParams>

/** A fault with the timing that all faults have. */
export function fault<P extends Params>(own: FaultDefinition<P>): Fault<P> {
  const params = { ...own.params, ...timing }
  const check = (values: Values<P & TimingParams>, report: FieldReport) => {
    checkTiming(values as TimingValues, report)
    return own.check?.(values as unknown as Values<P>, report)
  }
  const misnomers = { ...timingMisnomers, ...own.misnomers }
  return { ...own, params, misnomers, check } as unknown as Fault<P>
}
