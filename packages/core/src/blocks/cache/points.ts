import type { Call } from '../../kernel/call.ts'
import type { Sampler } from '../../support/distributions/distribution.ts'

/** A cache whose nodes stand elsewhere: near those who ask, and far from the origin. */
export interface Points {
  /** Number of nodes. */
  readonly count: number
  /** The node that serves a call. */
  nodeOf(call: Call): number
  /** Share of all calls that a node serves. */
  shareOf(node: number): number
  /** Room of each node, bytes or entries. */
  readonly capacities: readonly number[]
  /** Trip between who asks and a node, one way. */
  readonly edgeLatencies: readonly Sampler[]
  /** Trip between a node and the origin, one way. */
  readonly originLatency: Sampler
  /** Whether the origin is asked if an entry that is too old is still good. */
  readonly validates: boolean
  /** How long after a change names of what is requested are those of the new version, ms; null if they never change. */
  readonly renamedAfterMs: number | null
}
