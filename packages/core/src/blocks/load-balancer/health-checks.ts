import type { Agenda, Frame } from '../../kernel/agenda.ts'
import { Happening } from '../../kernel/happening.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { Health } from '../block.ts'
import type { Target } from './balancer.ts'

interface CheckValues {
  readonly every: number
  readonly timeout: number
  readonly fails: number
  readonly passes: number
}

/** One instance under observation. */
class Probe implements Frame {
  generation = 0
  healthy = true
  /** Results in a row that contradict `healthy`. */
  against = 0
  readonly checks: HealthChecks
  readonly target: Target
  readonly number: number

  constructor(checks: HealthChecks, target: Target, number: number) {
    this.checks = checks
    this.target = target
    this.number = number
  }
}

/**
 * Asks every target, once a period, whether it takes calls. A check of a dead instance is refused at once, as a call is; one of
 * an instance that is silent fails after its time-out. So many failures in a row take the instance out, so many passes put it back.
 */
export class HealthChecks {
  private readonly agenda: Agenda
  private readonly simulation: Simulation
  /** Number of the balancer, and of its process. */
  private readonly from: number
  private readonly process: number
  private readonly values: CheckValues
  private readonly probes: readonly Probe[]
  private readonly changed: (target: number, isHealthy: boolean) => void
  private readonly isThere: (target: number) => boolean

  /** @param isThere whether a target exists now: what does not is not checked */
  constructor(
    asker: { readonly simulation: Simulation; readonly index: number; readonly instance?: number },
    values: CheckValues,
    targets: readonly Target[],
    changed: HealthChecks['changed'],
    isThere: HealthChecks['isThere'] = () => true,
  ) {
    this.isThere = isThere
    this.simulation = asker.simulation
    this.agenda = asker.simulation.agenda
    this.from = asker.index
    this.process = asker.instance ?? 0
    this.values = values
    this.probes = targets.map((target, number) => new Probe(this, target, number))
    this.changed = changed
  }

  /** Checks are spread evenly over the period. */
  start(): void {
    this.probes.forEach((probe, i) => {
      this.agenda.after((this.values.every * (i + 1)) / this.probes.length, HealthChecks.ask, probe)
    })
  }

  private static ask(probe: Probe): void {
    const { agenda, values } = probe.checks
    agenda.after(values.every, HealthChecks.ask, probe)
    if (probe.checks.isThere(probe.number)) probe.checks.askNow(probe)
  }

  /** A check crosses the network as a call does, there and back; without one it is there at once. */
  private askNow(probe: Probe): void {
    const { agenda, from, process, simulation, values } = this
    const { block, instance } = probe.target
    const [thereMs, backMs] = simulation.road?.probe(from, block.visits, instance, process) ?? [0, 0]
    const answerMs = thereMs + backMs
    if (answerMs === 0) this.answered(probe, block.health(instance))
    else if (answerMs >= values.timeout) agenda.after(values.timeout, HealthChecks.unanswered, probe)
    else {
      Happening.after(agenda, thereMs, () => {
        const health = block.health(instance)
        if (health === 'silent') agenda.after(values.timeout - thereMs, HealthChecks.unanswered, probe)
        else Happening.after(agenda, backMs, () => this.answered(probe, health))
      })
    }
  }

  private answered(probe: Probe, health: Health): void {
    if (health === 'silent') this.agenda.after(this.values.timeout, HealthChecks.unanswered, probe)
    else this.result(probe, health === 'takes calls')
  }

  private static unanswered(probe: Probe): void {
    probe.checks.result(probe, false)
  }

  private result(probe: Probe, passed: boolean): void {
    if (passed === probe.healthy) {
      probe.against = 0
      return
    }
    probe.against++
    if (probe.against < (passed ? this.values.passes : this.values.fails)) return
    probe.healthy = passed
    probe.against = 0
    this.changed(probe.number, passed)
  }
}
