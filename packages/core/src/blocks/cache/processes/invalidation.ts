import { hashName } from '../../../kernel/random.ts'
import type { Simulation } from '../../../kernel/simulation.ts'
import type { Sampler } from '../../../support/distributions/distribution.ts'
import { createSampler, distributions } from '../../../support/distributions/index.ts'
import { choice, distribution, share, type Values } from '../../../support/params.ts'
import type { Versions } from '../../versions.ts'

export const invalidationParams = {
  by: choice({
    meaning:
      'what a change evicts: the entry of the key that changed; every entry that shows the changed object; all that were read from the table of the changed object',
    words: ['key', 'object', 'table'],
    default: 'key',
  }),
  then: choice({
    meaning: 'drop: a change evicts the entry; reload: the old entry is shown until a background load replaces it',
    words: ['drop', 'reload'],
    default: 'drop',
  }),
  delay: distribution({
    meaning: 'time from a change until a node is notified of it',
    dimension: 'duration',
    family: distributions,
    default: '0s',
  }),
  lost: share({ meaning: 'share of the messages that never arrive', default: '0%' }),
}

export type InvalidationValues = Values<typeof invalidationParams>

/** One message on its way: a change that a node will be notified of. */
interface Message {
  generation: number
  readonly versions: Versions
  readonly key: number
  readonly version: number
  readonly node: number
}

/** Told that a key of a store has got a version. */
type Heard = (versions: Versions, key: number, node: number, version: number) => void

const site = hashName('invalidation')

/** Tells the nodes of a cache of every change in the stores behind it: late, and not always. */
export class Invalidation {
  /** Messages that never arrived. */
  lost = 0
  private readonly simulation: Simulation
  private readonly delay: Sampler
  private readonly lossShare: number
  private readonly callPath: number
  private readonly watched = new Set<Versions>()
  private readonly nodesOf: (key: number) => readonly number[]
  private readonly heard: Heard
  private changes = 0

  /**
   * @param nodesOf the nodes that are notified of a change of this key
   * @param heard notified of every message that arrives
   */
  constructor(
    simulation: Simulation,
    values: InvalidationValues,
    callPath: number,
    nodesOf: (key: number) => readonly number[],
    heard: Heard,
  ) {
    this.simulation = simulation
    this.delay = createSampler(values.delay)
    this.lossShare = values.lost
    this.callPath = callPath
    this.nodesOf = nodesOf
    this.heard = heard
  }

  /** From now on tells of the changes of this store too. */
  watch(versions: Versions): void {
    if (this.watched.has(versions)) return
    this.watched.add(versions)
    versions.watchers.push((key) => this.tell(versions, key))
  }

  private tell(versions: Versions, key: number): void {
    const { agenda, random } = this.simulation
    const change = this.changes++
    const version = versions.newest(key)
    for (const node of this.nodesOf(key)) {
      const draws = random.at(change, this.callPath, site + node)
      if (this.lossShare > 0 && draws.next() < this.lossShare) {
        this.lost++
        continue
      }
      const delayMs = this.delay.constant ?? this.delay.sample(draws)
      agenda.after(delayMs, this.arrived, { generation: 0, versions, key, version, node })
    }
  }

  private readonly arrived = ({ versions, key, node, version }: Message): void => {
    this.heard(versions, key, node, version)
  }
}
