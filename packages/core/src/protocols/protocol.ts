import type { Definition } from '../support/definition.ts'
import type { UniformSource } from '../support/distributions/distribution.ts'
import type { Params, Values } from '../support/params.ts'

/** Number of a process among those that run a protocol together. */
export type Member = number

/** What members send one another, and what they keep: flat data, so that every host can write it. */
export type Data = Readonly<Record<string, string | number>>

/** All that a protocol knows of the world, and all that it can do there. */
export interface Host {
  readonly self: Member
  readonly random: UniformSource
  /** All that take part, this one included, in the same order for everyone. */
  members(): readonly Member[]
  /** The clock of this process, ms: it may differ from that of the others. */
  nowMs(): number
  /** Sends a message. It may arrive late, twice, before an earlier one, or never. */
  send(to: Member, message: Data): void
  /** Sets the timer of this name, in place of what it was set to before. Timers die with the process. */
  after(delayMs: number, timer: string): void
  /** Keeps a record. It survives a crash once `persisted` has been called. */
  persist(record: Data, persisted: () => void): void
  /**
   * Switches a member off by a way that does not pass through the network of the messages. `fenced` is called once the
   * member has certainly stopped, and never if that way does not work.
   */
  fence(member: Member, fenced: () => void): void
  /** Takes over the common address: calls to it come here until another member claims it. */
  claim(): void
}

/** `active` if it serves the common address; `taking over` if it waits until nobody else can. */
export type Role = 'active' | 'standby' | 'taking over'

/** One process at work in a protocol. A host calls one of these at a time. */
export interface Peer {
  readonly role: Role
  /** Begins among members that have been at work for long, without a failure so far. */
  settle(): void
  /** Begins as a process that has just started. @param persisted what its earlier lives have kept, oldest first */
  begin(persisted: readonly Data[]): void
  onMessage(from: Member, message: Data): void
  onTimer(timer: string): void
}

/** How members agree on who serves. It runs in the simulator, on a schedule by hand, and over sockets. */
export interface Protocol<P extends Params = Params> extends Definition<P> {
  create(values: Values<P>, host: Host): Peer
  /**
   * Longest time from the last message of an active member that is lost until another one of so many takes over, or
   * begins to fence it, ms; the time of messages is not in it. Without it nobody takes over.
   */
  takeoverMs?(values: Values<P>, members: number): number
}

export function protocol<P extends Params>(definition: Protocol<P>): Protocol<P> {
  return definition
}
