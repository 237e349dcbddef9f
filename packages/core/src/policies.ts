/** The policies by themselves: for programs that run them on real calls, with a clock and random numbers of their own. */

export { updates } from './blocks/cache/update/index.ts'
export type { Trip, Update } from './blocks/cache/update/update.ts'
export type {
  CallInfo,
  CallResult,
  Chooser,
  RandomNumbers,
  Targets,
} from './blocks/load-balancer/choice/choice.ts'
export { choices } from './blocks/load-balancer/choice/index.ts'
export { overflows } from './blocks/queue/overflow/index.ts'
export type { FullQueue, Overflow } from './blocks/queue/overflow/overflow.ts'
export { backOffs } from './calls/back-off/index.ts'
export { failovers } from './protocols/index.ts'
export type { Data, Host as ProtocolHost, Member, Peer, Protocol } from './protocols/protocol.ts'
export type { BackOff } from './support/back-off.ts'
