import type { Copy } from '../../../kernel/copy.ts'
import type { Counter } from '../../../kernel/measured.ts'
import { ok } from '../../../kernel/outcome.ts'
import { hashName } from '../../../kernel/random.ts'
import type { Site } from '../../block.ts'
import type { CacheNode } from '../shelf/node.ts'
import { Background } from '../way-out/background.ts'
import { type Origin, read } from '../way-out/origin.ts'

const renewalSite = hashName('renewal')

/** How long a load in the background may take, ms: after that the next hit may begin another. */
const renewalTimeoutMs = 30_000

/** Brings what was loaded into a node. */
type Take = (node: CacheNode, entry: number, copy: Copy | null) => void

/** Loads of entries in the background, each of a node once at a time. */
export class Renewals {
  readonly counters: readonly Counter[] = [{ name: 'renewed', read: () => this.renewed }]
  /** By endpoint. */
  private readonly backgrounds: readonly Background[]
  private readonly origin: Origin
  /** Whether the origin is asked only for what is newer than the entry. */
  private readonly validates: boolean
  private readonly take: Take
  private renewed = 0

  constructor(site: Site, origin: Origin, validates: boolean, take: Take) {
    this.origin = origin
    this.backgrounds = origin.numbers.names.map(
      (_, endpoint) => new Background(site, origin, read, { timeoutMs: renewalTimeoutMs, salt: renewalSite, endpoint }),
    )
    this.validates = validates
    this.take = take
  }

  /** Loads an entry, unless it is being loaded; if it `hasChanged` in the meantime, it is loaded once more. */
  renew(node: CacheNode, entry: number, hasChanged = false): void {
    if (node.renewing.has(entry)) {
      if (hasChanged) node.renewing.set(entry, true)
      return
    }
    node.renewing.set(entry, false)
    const has = this.validates ? node.shelf.copyOf(entry) : null
    const background = this.backgrounds[this.origin.numbers.endpointOf(entry)] as Background
    background.send({ entry, sizeBytes: 0, payload: null, has }, (reply, outcome) => {
      const again = node.renewing.get(entry)
      if (!node.renewing.delete(entry) || outcome !== ok) return
      this.renewed++
      this.take(node, entry, reply.copy)
      if (again === true) this.renew(node, entry)
    })
  }
}
