import type { UniformSource } from '../support/distributions/distribution.ts'

/** Number of an instance, or of the clients of a source in one place. The network knows where that is. */
export type Address = number

/** What lies between instances. Without it, a message arrives when it is sent. */
export interface Network {
  /** The address of an instance of a block, or of the client of a request: those of a source may be in several places. */
  addressOf(party: number, instance: number, request: number): Address
  /** How long a message takes, ms; Infinity if it is lost on its way, or there is none. */
  passageMs(from: Address, to: Address, bytes: number, random: UniformSource): number
}
