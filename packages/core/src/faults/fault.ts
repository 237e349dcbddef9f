import type { Change } from '../network/roads.ts'
import type { Definition, FieldReport } from '../support/definition.ts'
import { invariant } from '../support/invariant.ts'
import { type Params, type Reference, reference, type Values } from '../support/params.ts'
import type { Condition, Restore } from './condition.ts'
import type { FaultContext, FaultProblem, Idle } from './context.ts'
import type { PlannedChanges } from './planned-changes.ts'
import { changeBetween, checkSides, type FaultyNetwork, sidesParams } from './sides.ts'
import { checkTiming, type TimingParams, type TimingValues, timing, timingMisnomers } from './timing.ts'
import type { FaultyTraffic } from './traffic.ts'

/**
 * What a fault changes: instances, the lines between them, their answers, what caches hold, connections of pools, how requests
 * arrive, which instances there are.
 */
export type Affects = 'instances' | 'lines' | 'answers' | 'entries' | 'pools' | 'arrivals' | 'fleet'

/** What a fault affects this time. */
export interface Scene {
  readonly affected: readonly Condition[]
  /** Null where nothing in the design changes the network. */
  readonly network: FaultyNetwork | null
  readonly traffic: FaultyTraffic
  /** Null unless instances of what it touches come and go. */
  readonly planned: PlannedChanges | null
  /** Number of the fault, for draws that belong to requests. */
  readonly site: number
}

/** What a planned change needs of instances that come. */
export interface Coming {
  /** The number of instances that it leads to, where it says one. */
  readonly size?: number
  /** How often it may let as many come as there are. */
  readonly times: number
}

/** What a fault says of itself. When it happens, how often, to how many and under which name is not its concern. */
export interface FaultDefinition<P extends Params = Params> extends Definition<P> {
  /** The state of what is affected, in the label of a phase: `web.2 down`. */
  readonly state: string
  /** The state afterwards: `web.2 back`. */
  readonly stateAfter: string
  /** Whether a health check of an affected instance fails. */
  readonly failsHealthChecks?: true
  readonly affects: Affects
  /** Whether it is over as soon as it has happened, and so has no `for`. */
  readonly isMoment?: true
  /** Whether it changes something even if it lasts for no time. */
  readonly actsAtOnce?: true
  /** Of a planned change, which lets instances come and go: how many may come. */
  coming?(values: Values<P>): Coming
  /** What it affects. */
  touches(values: Values<P>): readonly Reference[]
  /** The field for whose value it changes nothing, and why; null if it changes something. */
  idle?(values: Values<P>): Idle | null
  /** What must hold between it and the rest of its design. */
  checkContext?(values: Values<P>, context: FaultContext): readonly FaultProblem[]
  /** Begins it. @returns what ends it */
  inject(values: Values<P>, scene: Scene): Restore
}

/** Something that can go wrong, at a moment or again and again. */
export type Fault<P extends Params = Params> = FaultDefinition<P & TimingParams>

/** A fault with the timing that all faults have. */
export function fault<P extends Params>(own: FaultDefinition<P>): Fault<P> {
  const { for: _for, ...ofMoment } = timing
  const params = { ...own.params, ...(own.isMoment === true ? ofMoment : timing) }
  const check = (values: Values<P & TimingParams>, report: FieldReport) => {
    checkTiming(values as TimingValues, own.isMoment === true, report)
    return own.check?.(values as unknown as Values<P>, report)
  }
  const misnomers = { ...timingMisnomers, ...own.misnomers }
  return { ...own, params, misnomers, check } as unknown as Fault<P>
}

const onInstances = {
  on: reference({ meaning: 'the block, one instance of it, or a place: all that is in it', to: 'part' }),
}

const onDisks = {
  on: reference({ meaning: 'the block, one instance of it, its disk, or a place: all that is in it', to: 'part-disk' }),
}

const onAnswers = {
  on: reference({
    meaning: 'the block, one instance or operation of it, or a place: all that is in it',
    to: 'part-operation',
  }),
}

type OnInstances = typeof onInstances

/** What a fault of instances says of itself. */
type InstanceFaultDefinition<P extends Params> = Omit<
  FaultDefinition<P & OnInstances>,
  'params' | 'main' | 'touches' | 'inject' | 'affects'
> & {
  /** Its parameters besides the block that it affects. */
  readonly params: P
  /** `instances` if absent. */
  readonly affects?: 'answers' | 'entries' | 'pools'
  /** Whether it can affect the disk of an instance alone. */
  readonly mayBeDisk?: true
  /** Begins it at one instance. @returns what ends it */
  begin(instance: Condition, values: Values<P & OnInstances>, site: number): Restore
}

/** A fault of a block, or of one instance of it: `{ crash: web.2 }`. */
export function instanceFault<P extends Params>(own: InstanceFaultDefinition<P>): Fault<P & OnInstances> {
  const { begin, affects = 'instances', mayBeDisk = false, ...definition } = own
  const of = affects === 'answers' ? onAnswers : mayBeDisk ? onDisks : onInstances
  return fault<P & OnInstances>({
    ...definition,
    affects,
    params: { ...of, ...own.params },
    main: 'on',
    touches: (values) => [(values as Values<OnInstances>).on],
    inject(values, { affected, site }) {
      const restores = affected.map((instance) => begin(instance, values, site))
      return () => {
        for (const restore of restores) restore()
      }
    },
  })
}

/** What a fault of the network says of itself. */
type NetworkFaultDefinition<P extends Params> = Omit<FaultDefinition<P>, 'main' | 'touches' | 'inject' | 'affects'> & {
  /** What it does to the lines. */
  change(values: Values<P>): Change
}

/** A fault of the lines between two sides: `{ cut: [eu-west, us-east] }`. */
export function networkFault<P extends Params>(own: NetworkFaultDefinition<P>): Fault<P & typeof sidesParams> {
  const { change, ...definition } = own
  return withoutCount(
    fault<P & typeof sidesParams>({
      ...(definition as unknown as FaultDefinition<P & typeof sidesParams>),
      params: { ...sidesParams, ...own.params },
      main: 'between',
      check(values, report) {
        checkSides(values as Values<typeof sidesParams>, report)
        return own.check?.(values as unknown as Values<P>, report)
      },
      affects: 'lines',
      touches: (values) => (values as Values<typeof sidesParams>).between,
      inject(values, { network }) {
        invariant(network !== null, 'a fault of the network without a network')
        return changeBetween(values as Values<typeof sidesParams>, network, change(values as unknown as Values<P>))
      },
    }),
  )
}

/** A fault of something of which there is one. */
export function withoutCount<P extends Params>({ params, ...own }: Fault<P>): Fault<P> {
  const { count: _count, ...single } = params
  return { ...own, params: single } as unknown as Fault<P>
}

const ofFleet = {
  of: reference({ meaning: 'the service', to: 'block' }),
}

/** What a planned change says of itself. */
type PlannedChangeDefinition<P extends Params> = Omit<
  FaultDefinition<P & typeof ofFleet>,
  'params' | 'main' | 'touches' | 'inject' | 'affects' | 'coming'
> & {
  readonly params: P
  coming(values: Values<P & TimingParams>): Coming
  /** Begins it. @returns what takes it back */
  begin(planned: PlannedChanges, values: Values<P>, scene: Scene): Restore
}

/** A planned change of the instances of a service: `{ scale: web, to: 6 }`. It happens once. */
export function plannedChange<P extends Params>(own: PlannedChangeDefinition<P>): Fault<P & typeof ofFleet> {
  const { begin, ...definition } = own
  const { params, ...made } = fault<P & typeof ofFleet>({
    ...(definition as unknown as FaultDefinition<P & typeof ofFleet>),
    params: { ...ofFleet, ...own.params },
    main: 'of',
    affects: 'fleet',
    touches: (values) => [(values as Values<typeof ofFleet>).of],
    checkContext(values, { canAffect }) {
      const { of } = values as Values<typeof ofFleet>
      if (canAffect(of, 'fleet')) return []
      const message = `instances of \`${of.block}\` cannot come and go`
      return [{ code: 'fixed-instances', field: 'of', message, hint: `name a service beside \`${own.name}\`` }]
    },
    inject(values, scene) {
      invariant(scene.planned !== null, 'a planned change of a block whose instances are fixed')
      return begin(scene.planned, values as Values<P>, scene)
    },
  })
  const { count: _count, every: _every, until: _until, ...once } = params
  return { ...made, params: { ...once, ...own.params } } as unknown as Fault<P & typeof ofFleet>
}
