import type { Counter } from '../../../kernel/measured.ts'
import { hashName } from '../../../kernel/random.ts'
import { acknowledgedCounter, acknowledgedLostCounter } from '../../acknowledged.ts'
import type { Site } from '../../block.ts'
import { Versions } from '../../versions.ts'
import type { CacheValues } from '../params.ts'
import type { CacheNodes } from '../shelf/nodes.ts'
import { updates } from '../update/index.ts'
import type { WriteBehindValues } from '../update/write-behind-params.ts'
import { Background } from '../way-out/background.ts'
import { type Origin, write } from '../way-out/origin.ts'
import { WriteBehind } from './write-behind.ts'

const writeSite = hashName('write behind')

/** How a cache writes later what it acknowledges; undefined where its update policy does not. */
export function writesBehindOf({ writes, update }: CacheValues): WriteBehindValues | undefined {
  const { name, values } = writes ?? update
  return updates.get(name).behind?.(values)
}

/** The later writes of all nodes of a cache: made for each node alike, and counted together. */
export class WritesBehind {
  readonly counters: readonly Counter[]
  /** What one node has still to write: nothing at first. */
  readonly create: () => WriteBehind

  constructor(values: WriteBehindValues, site: Site, nodes: CacheNodes, origin: Origin) {
    const background = new Background(site, origin, write, { timeoutMs: values.timeout, salt: writeSite })
    const versions = origin.versionsOf(0) ?? new Versions()
    const bytesOf = (key: number) => origin.sizes.of(key)
    const phases = site.simulation.stream(`rounds of writing of ${site.name}`)
    this.create = () =>
      new WriteBehind(site.simulation, background, versions, { ...values, phase: phases.next() }, bytesOf)
    const sum = (count: (behind: WriteBehind) => number) =>
      nodes.sum(({ behind }) => (behind === null ? 0 : count(behind)))
    this.counters = [
      { name: acknowledgedCounter, read: () => sum(({ acknowledged }) => acknowledged) },
      { name: 'written', read: () => sum(({ written }) => written) },
      { name: 'coalesced', read: () => sum(({ coalesced }) => coalesced) },
      { name: acknowledgedLostCounter, read: () => sum(({ lost }) => lost) },
    ]
  }
}
