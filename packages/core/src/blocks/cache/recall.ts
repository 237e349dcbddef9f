import type { Call } from '../../kernel/call.ts'
import type { Holdings } from './holdings.ts'
import type { CacheNode } from './node.ts'
import { type Origin, read, write } from './origin.ts'
import type { CacheValues } from './params.ts'
import { updates } from './update/index.ts'
import { passingBy, type Trip } from './update/update.ts'

/** Makes the trips of calls before the start: in the order that the update policy says, and in no time. */
export class Recall {
  private readonly origin: Origin
  private readonly holdings: Holdings
  private readonly reading: readonly Trip[]
  private readonly writing: readonly Trip[]

  constructor(values: CacheValues, origin: Origin, holdings: Holdings) {
    this.origin = origin
    this.holdings = holdings
    this.reading = updates.get(values.update.name).read
    this.writing = updates.get((values.writes ?? values.update).name).write
  }

  /** @param send makes the call of the origin */
  run(node: CacheNode, call: Call, send: (call: Call) => void): void {
    const { operation } = call
    this.origin.recalls[operation] = send
    const trips = operation === read ? this.reading : operation === write ? this.writing : passingBy
    for (const { trip } of trips) if (this.make(trip, node, call, send)) return
  }

  /** @returns whether the call is answered. */
  private make(trip: Trip['trip'], node: CacheNode, call: Call, send: (call: Call) => void): boolean {
    if (trip === 'get') return this.holdings.find(node, call)
    if (trip === 'load' || trip === 'forward') send(call)
    else if (trip === 'put') this.holdings.take(node, call.key, call.copy)
    else if (trip === 'delete') node.shelf.drop(call.key)
    else if (trip === 'buffer') this.holdings.accept(node, call)
    return false
  }
}
