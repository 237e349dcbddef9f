import type { Call } from '../../kernel/call.ts'
import { hashName } from '../../kernel/random.ts'
import type { RequestKind } from '../../kernel/simulation.ts'
import type { CallInfo } from './choice/choice.ts'

const twoTo32 = 4294967296

/** A call as a choice sees it. A balancer has one view and points it at each call, so that a choice allocates nothing. */
export class CallView implements CallInfo {
  call: Call | null = null
  /** By kind of request, the addresses of its source: session 0 has the first. */
  private readonly addresses: Float64Array

  constructor(kinds: readonly RequestKind[]) {
    this.addresses = Float64Array.from(kinds, ({ source }) => (hashName(source) >>> 11) * twoTo32)
  }

  get key(): number {
    return (this.call as Call).key
  }

  get session(): number {
    return (this.call as Call).session
  }

  get client(): number {
    const { kind, session } = this.call as Call
    return (this.addresses[kind] ?? 0) + session
  }

  get priority(): number {
    return (this.call as Call).priority
  }
}
