import type { CacheValues } from '../params.ts'
import type { Points } from '../points.ts'
import type { CacheNodes } from '../shelf/nodes.ts'
import type { PastCalls } from './past-calls.ts'

/** Keys surely fit whose mean sizes fill so much of the room. */
const surelyFits = 0.8

/** What the nodes of a cache get of its calls and keys, and what each has room for. */
export class NodeShares {
  /** Whether every node has keys of its own. */
  readonly isSpread: boolean
  readonly points: Points | null
  private readonly values: CacheValues
  private readonly nodes: CacheNodes
  private readonly calls: PastCalls

  constructor(values: CacheValues, nodes: CacheNodes, calls: PastCalls, points: Points | null) {
    this.values = values
    this.nodes = nodes
    this.calls = calls
    this.points = points
    this.isSpread = values.per === undefined && points === null && nodes.list.length > 1
  }

  /** Share of the calls that a node sees, of those for its keys. */
  of(node: number): number {
    return this.isSpread ? 1 : (this.points?.shareOf(node) ?? 1 / this.nodes.list.length)
  }

  /** Entries of mean size that a node has room for. */
  entriesOf(node: number): number {
    const room = this.nodes.roomOf(node)
    return this.values.capacity.unit === 'entries' ? room : room / Math.ceil(this.calls.meanBytes)
  }

  /** Whether there is room for so many keys in every node, be it for its part of them. */
  fit(keys: number): boolean {
    const { nodes } = this
    const areAlike = this.values.capacity.unit === 'entries' || this.calls.sizesAreAlike
    const share = (areAlike ? 1 : surelyFits) * (this.isSpread ? nodes.list.length * surelyFits : 1)
    return nodes.all.every((node) => keys <= this.entriesOf(node) * share)
  }
}
