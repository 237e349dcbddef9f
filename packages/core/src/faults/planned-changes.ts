import type { Fleet } from '../blocks/fleet.ts'
import type { Condition, Restore } from './condition.ts'

export interface Deployment {
  /** Instances that are replaced at the same time. */
  readonly batch: number
  /** Whether an instance leaves before the one in its place is started, or once that takes calls. */
  readonly order: 'stop-first' | 'start-first'
  /** What is wrong with an instance of this version. */
  begin(instance: Condition): void
}

/** Planned changes of the instances of one block: how many there are, and of which version. They may overlap. */
export class PlannedChanges {
  private readonly fleet: Fleet
  /** By number of the instance. */
  private readonly conditions: readonly Condition[]
  /** Numbers of instances in force; the last counts. */
  private readonly scales: { readonly to: number }[]
  /** Deployments in force; new instances are of the last. */
  private readonly deployments: Deployment[] = []
  private readonly versions = new Map<number, Deployment>()
  /** Instances that are started before those leave whose place they take. */
  private surplus = 0

  constructor(fleet: Fleet, conditions: readonly Condition[]) {
    this.fleet = fleet
    this.conditions = conditions
    this.scales = [{ to: fleet.members.length }]
  }

  private get size(): number {
    return (this.scales.at(-1) as { to: number }).to + this.surplus
  }

  /** Brings the number of instances to `to`. @returns what brings it back */
  scale(to: number): Restore {
    const own = { to }
    this.scales.push(own)
    this.fit()
    return () => {
      this.scales.splice(this.scales.indexOf(own), 1)
      this.fit()
    }
  }

  /** Starts what is missing, and lets the newest go of what is too many. */
  private fit(): void {
    const { staying } = this.fleet
    for (let i = staying.length; i < this.size; i++) this.start()
    for (const instance of staying.slice(this.size)) this.fleet.drain(instance)
  }

  private start(serving?: () => void): void {
    const version = this.deployments.at(-1)
    const instance = this.fleet.add(serving)
    if (version === undefined) return
    this.versions.set(instance, version)
    version.begin(this.conditions[instance] as Condition)
  }

  /** Replaces instances by those of another version, batch after batch. @returns what deploys the version before again */
  deploy(instances: readonly Condition[], deployment: Deployment): Restore {
    this.deployments.push(deployment)
    const numbers = instances.map((one) => this.conditions.indexOf(one))
    this.roll(numbers, deployment, () => this.deployments.includes(deployment))
    return () => {
      this.deployments.splice(this.deployments.indexOf(deployment), 1)
      const own = this.fleet.staying.filter((instance) => this.versions.get(instance) === deployment)
      this.roll(own, deployment, () => true)
    }
  }

  private roll(instances: readonly number[], how: Deployment, isWanted: () => boolean): void {
    const batch = instances.slice(0, how.batch)
    if (batch.length === 0 || !isWanted()) return
    let left = batch.length
    const done = () => {
      if (--left === 0) this.roll(instances.slice(how.batch), how, isWanted)
    }
    for (const instance of batch) this.replace(instance, how, done)
  }

  /** An instance that leaves anyway needs no other in its place. */
  private replace(instance: number, { order }: Deployment, done: () => void): void {
    if (!this.fleet.staying.includes(instance)) done()
    else if (order === 'stop-first') this.fleet.drain(instance, () => this.startInPlace(done))
    else {
      this.surplus++
      this.start(() => this.stopReplaced(instance, done))
    }
  }

  private startInPlace(done: () => void): void {
    if (this.fleet.staying.length < this.size) this.start(done)
    else done()
  }

  private stopReplaced(instance: number, done: () => void): void {
    this.surplus--
    const { staying } = this.fleet
    if (staying.includes(instance) && staying.length > this.size) this.fleet.drain(instance, done)
    else done()
  }
}
