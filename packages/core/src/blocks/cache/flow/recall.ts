import type { Agenda } from '../../../kernel/agenda.ts'
import type { Call } from '../../../kernel/call.ts'
import type { Copy } from '../../../kernel/copy.ts'
import type { CacheValues } from '../params.ts'
import type { Holdings } from '../shelf/holdings.ts'
import type { CacheNode } from '../shelf/node.ts'
import { updates } from '../update/index.ts'
import { passingBy, type Trip } from '../update/update.ts'
import { type Origin, read, write } from '../way-out/origin.ts'

/** A loaded entry on its way into a cache. */
class Arrival {
  generation = 0
  readonly node: CacheNode
  readonly key: number
  readonly copy: Copy | null

  constructor(node: CacheNode, key: number, copy: Copy | null) {
    this.node = node
    this.key = key
    this.copy = copy
  }
}

/**
 * Makes the trips of calls before the start in the order that the update policy says. Calls wait for nobody, but what is
 * loaded comes in as much later as the load takes: a change that overtakes it makes an entry that is stale until the next.
 */
export class Recall {
  private readonly agenda: Agenda
  private readonly origin: Origin
  private readonly holdings: Holdings
  private readonly reading: readonly Trip[]
  private readonly writing: readonly Trip[]

  constructor(values: CacheValues, agenda: Agenda, origin: Origin, holdings: Holdings) {
    this.agenda = agenda
    this.origin = origin
    this.holdings = holdings
    this.reading = updates.get(values.update.name).read
    this.writing = updates.get((values.writes ?? values.update).name).write
  }

  /** @param send makes the call of the origin, and returns how long it takes, ms */
  run(node: CacheNode, call: Call, send: (call: Call) => number): void {
    const { operation } = call
    this.note(call, send)
    const trips = operation === read ? this.reading : operation === write ? this.writing : passingBy
    let loadingMs = 0
    for (const { trip } of trips) {
      if (trip === 'get') {
        // What a request itself is shown is seen by nobody: what a cache is shown, it keeps.
        if (this.holdings.find(node, call, call.caller !== null)) return
      } else if (trip === 'load') loadingMs = this.load(call, send)
      else if (trip === 'forward') send(call)
      else if (trip === 'put') this.put(node, call, loadingMs)
      else if (trip === 'delete') node.shelf.drop(call.key)
      else if (trip === 'buffer') this.holdings.accept(node, call)
    }
  }

  /** Loads in the background are sent likewise. */
  private note({ operation, key }: Call, send: (call: Call) => number): void {
    const { recalls, numbers } = this.origin
    if (operation === read) recalls.reads[numbers.endpointOf(key)] = send
    else if (operation === write) recalls.write = send
  }

  /** Sends the read of an entry on, with its key. */
  private load(call: Call, send: (call: Call) => number): number {
    const entry = call.key
    call.key = this.origin.numbers.keyOf(entry)
    const loadingMs = send(call)
    call.key = entry
    return loadingMs
  }

  private put(node: CacheNode, { key, copy }: Call, afterMs: number): void {
    if (afterMs > 0) this.agenda.after(afterMs, this.arrived, new Arrival(node, key, copy))
    else this.holdings.take(node, key, copy)
  }

  private readonly arrived = ({ node, key, copy }: Arrival): void => this.holdings.take(node, key, copy)
}
