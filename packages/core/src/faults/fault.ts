import type { Change } from '../network/roads.ts'
import type { Definition, FieldReport } from '../support/definition.ts'
import { invariant } from '../support/invariant.ts'
import { type Params, type Reference, reference, type Values } from '../support/params.ts'
import type { Condition, Restore } from './condition.ts'
import { changeBetween, checkSides, type FaultyNetwork, sidesParams } from './sides.ts'
import { checkTiming, type TimingParams, type TimingValues, timing, timingMisnomers } from './timing.ts'

/** What a fault affects this time. */
export interface Scene {
  readonly affected: readonly Condition[]
  /** Null where nothing in the design changes the network. */
  readonly network: FaultyNetwork | null
}

/** What a fault says of itself. When it happens, how often, to how many and under which name is not its concern. */
export interface FaultDefinition<P extends Params = Params> extends Definition<P> {
  /** The state of what is affected, in the label of a phase: `web.2 down`. */
  readonly state: string
  /** The state afterwards: `web.2 back`. */
  readonly stateAfter: string
  /** Whether a health check of an affected instance fails. */
  readonly failsHealthChecks?: true
  /** Whether it affects the network between what it touches, and not that itself. */
  readonly ofNetwork?: true
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

const onInstances = {
  on: reference({ meaning: 'the block, one instance of it, or a place: all that is in it', to: 'part' }),
}

type OnInstances = typeof onInstances

/** What a fault of instances says of itself. */
type InstanceFaultDefinition<P extends Params> = Omit<
  FaultDefinition<P & OnInstances>,
  'params' | 'main' | 'touches' | 'inject'
> & {
  /** Its parameters besides the block that it affects. */
  readonly params: P
  /** Begins it at one instance. @returns what ends it */
  begin(instance: Condition, values: Values<P>): Restore
}

/** A fault of a block, or of one instance of it: `{ crash: web.2 }`. */
export function instanceFault<P extends Params>(own: InstanceFaultDefinition<P>): Fault<P & OnInstances> {
  const { begin, ...definition } = own
  return fault<P & OnInstances>({
    ...definition,
    params: { ...onInstances, ...own.params },
    main: 'on',
    touches: (values) => [(values as Values<OnInstances>).on],
    inject(values, { affected }) {
      const restores = affected.map((instance) => begin(instance, values as Values<P>))
      return () => {
        for (const restore of restores) restore()
      }
    },
  })
}

/** What a fault of the network says of itself. */
type NetworkFaultDefinition<P extends Params> = Omit<
  FaultDefinition<P>,
  'main' | 'touches' | 'inject' | 'ofNetwork'
> & {
  /** What it does to the lines. */
  change(values: Values<P>): Change
}

/** A fault of the lines between two sides: `{ cut: [eu-west, us-east] }`. */
export function networkFault<P extends Params>(own: NetworkFaultDefinition<P>): Fault<P & typeof sidesParams> {
  const { change, ...definition } = own
  const { params, ...made } = fault<P & typeof sidesParams>({
    ...(definition as unknown as FaultDefinition<P & typeof sidesParams>),
    params: { ...sidesParams, ...own.params },
    main: 'between',
    check(values, report) {
      checkSides(values as Values<typeof sidesParams>, report)
      return own.check?.(values as unknown as Values<P>, report)
    },
    ofNetwork: true,
    touches: (values) => (values as Values<typeof sidesParams>).between,
    inject(values, { network }) {
      invariant(network !== null, 'a fault of the network without a network')
      return changeBetween(values as Values<typeof sidesParams>, network, change(values as unknown as Values<P>))
    },
  })
  // What lies between two sides is one.
  const { count: _count, ...single } = params
  return { ...made, params: single } as unknown as Fault<P & typeof sidesParams>
}
