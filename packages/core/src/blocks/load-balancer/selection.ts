import type { Call } from '../../kernel/call.ts'
import { type Outcome, ok, reasonOf, reasons } from '../../kernel/outcome.ts'
import { hashName, type Stream } from '../../kernel/random.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { Site } from '../block.ts'
import type { Target } from './balancer.ts'
import { CallView } from './call-view.ts'
import type { CallResult } from './choice/choice.ts'
import { choices } from './choice/index.ts'
import { Ejection } from './ejection.ts'
import { HealthChecks } from './health-checks.ts'
import type { LoadBalancerValues } from './load-balancer.ts'
import { type PartOptions, Rotation, shut } from './rotation.ts'
import { SlowStart } from './slow-start.ts'
import { Bindings } from './sticky/bindings.ts'
import { stickies } from './sticky/index.ts'
import type { StickyValues } from './sticky/sticky.ts'
import { targetBlocks } from './target-blocks.ts'

/** One part for each block with a weight, else one of all targets. */
function partsOf(values: LoadBalancerValues, targets: readonly Target[]): readonly PartOptions[] {
  const all = [...targets.keys()]
  if (Array.isArray(values.targets)) return [{ members: all, weight: 1 }]
  const routes = [...new Set(targets.map(({ route }) => route))]
  return targetBlocks(values).map(({ weight = 1 }, i) => ({
    members: all.filter((target) => targets[target]?.route === routes[i]),
    weight,
  }))
}

/** Selects the target of each call: the choice, and all that limits or precedes it. */
export class Selection {
  readonly rotation: Rotation
  private readonly values: LoadBalancerValues
  private readonly simulation: Simulation
  private readonly random: Stream
  private readonly site: Site
  private readonly view: CallView
  private readonly bindings: Bindings | null
  private readonly ejection: Ejection | null
  private readonly slowStart: SlowStart | null
  /** Whether it matters how calls end. */
  private readonly listens: boolean
  /** How the last call ended: written again for each, so that it costs no memory. */
  private readonly result: { -readonly [K in keyof CallResult]: CallResult[K] } = {
    ok: true,
    definite: false,
    tookMs: 0,
  }

  constructor(values: LoadBalancerValues, site: Site, targets: readonly Target[]) {
    const { simulation, name } = site
    const { choice, weights, sticky, ejection, 'slow-start': windowMs } = values
    this.values = values
    this.site = site
    this.simulation = simulation
    this.random = simulation.stream(`choice of ${name}`)
    this.view = new CallView(simulation.kinds)
    this.rotation = new Rotation({
      parts: partsOf(values, targets),
      weights: targets.map(({ block, instance }, i) => weights?.[i] ?? block.instanceWeight?.(instance) ?? 1),
      salt: hashName([...new Set(targetBlocks(values).map(({ to }) => to.block))].sort().join(' ')),
      createChooser: (known) => choices.get(choice.name).create(choice.values, known),
    })
    this.bindings =
      sticky === undefined ? null : new Bindings(stickies.get(sticky.name), sticky.values as unknown as StickyValues)
    this.slowStart =
      windowMs === undefined ? null : new SlowStart(this.rotation, windowMs, simulation.stream(`slow start of ${name}`))
    this.ejection =
      ejection === undefined
        ? null
        : new Ejection(simulation.agenda, ejection, this.rotation, (target) => this.isBack(target))
    this.listens = this.rotation.listens || this.ejection !== null || this.bindings !== null
  }

  /** Begins to check the health of the targets. */
  start(targets: readonly Target[]): void {
    const check = this.values['health-check']
    if (check === undefined) return
    const changed = (target: number, isHealthy: boolean): void => {
      if (isHealthy) this.isBack(target)
      this.rotation.set(target, shut.unhealthy, !isHealthy)
    }
    const isThere = (target: number) => !this.rotation.isShut(target, shut.absent)
    new HealthChecks(this.site, check, targets, changed, isThere).start()
  }

  /** Takes in a target that has come, or lets one go. */
  setPresent(target: number, isPresent: boolean): void {
    const wasPresent = !this.rotation.isShut(target, shut.absent)
    if (isPresent && !wasPresent) this.isBack(target)
    this.rotation.set(target, shut.absent, !isPresent)
  }

  private isBack(target: number): void {
    this.slowStart?.onBack(target, this.simulation.agenda.nowMs)
  }

  /** @returns the target of a call, to which it must be sent now, or -1 if there is none */
  choose(call: Call): number {
    const { rotation, view } = this
    const { nowMs } = this.simulation.agenda
    view.call = call
    const index = this.bindings === null ? this.chooseFreely(nowMs) : this.chooseBound(this.bindings, nowMs)
    if (index >= 0) rotation.sent(index, nowMs)
    return index
  }

  private chooseFreely(nowMs: number): number {
    if (this.slowStart !== null) this.slowStart.draw(nowMs)
    return this.rotation.isEmpty ? -1 : this.rotation.choose(this.view, nowMs, this.random)
  }

  private chooseBound(bindings: Bindings, nowMs: number): number {
    const bound = bindings.targetOf(this.view, nowMs)
    if (bound >= 0 && (bindings.refusesWhenDown || this.rotation.isWell(bound)))
      return this.rotation.isWell(bound) ? bound : -1
    const index = this.chooseFreely(nowMs)
    if (index >= 0 && bindings.bindsWhen === 'sent') bindings.bind(this.view, index, nowMs)
    return index
  }

  /** A call that was sent to a target has ended. */
  ended(call: Call, target: number, outcome: Outcome, tookMs: number): void {
    this.rotation.left(target)
    if (this.listens) this.note(call, target, outcome, tookMs)
  }

  private note(call: Call, target: number, outcome: Outcome, tookMs: number): void {
    const { bindings, ejection, result, view } = this
    const { nowMs } = this.simulation.agenda
    result.ok = outcome === ok
    result.definite = outcome !== ok && reasonOf(outcome)?.definite === true
    result.tookMs = tookMs
    this.rotation.ended(target, result, nowMs)
    // A caller that takes its call back says nothing of the target.
    if (ejection !== null && reasonOf(outcome) !== reasons.cancelled) ejection.onDone(target, result)
    if (bindings?.bindsWhen === 'answered' && result.ok) {
      view.call = call
      bindings.bind(view, target, nowMs)
    }
  }

  /** How often a target was ejected so far. */
  get ejections(): number {
    return this.ejection?.ejected ?? 0
  }

  /** Whether calls of one client belong together. */
  get isSticky(): boolean {
    return this.bindings !== null
  }

  /** A crash of the balancer: its memory of clients is lost. */
  forget(): void {
    if (this.bindings?.isLostWithBalancer === true) this.bindings.clear()
  }
}
