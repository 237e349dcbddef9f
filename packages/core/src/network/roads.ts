import type { Address, Network } from '../kernel/network.ts'
import type { Sampler, UniformSource } from '../support/distributions/distribution.ts'

/** What lies between two zones: how long a message takes one way, and which share of them is lost. */
export interface Line {
  readonly latency: Sampler
  readonly loss: number
}

/** Which addresses stand on one side. */
export type Side = (address: Address) => boolean

/** What a fault does to the lines between two sides. */
export interface Change {
  readonly isCut: boolean
  /** Added to the latency. */
  readonly latency: Sampler | null
  readonly loss: number
}

/** What faults can do to a network. Each returns what takes it back. */
export interface NetworkControl {
  /** Changes the lines from one side to the other, and back unless `isOneWay`. */
  change(from: Side, to: Side, change: Change, isOneWay: boolean): () => void
}

interface Changed {
  readonly from: Side
  readonly to: Side
  readonly change: Change
}

/** Where every instance is, and the lines between the zones. */
export interface Layout {
  /** By number of a block or source: the addresses of its instances, or of the places of its clients. */
  readonly addresses: readonly (readonly Address[])[]
  /** By number of a source: the share of its clients up to and including each of its addresses; empty for blocks. */
  readonly shares: readonly (readonly number[])[]
  /** By address: its zone, or -1 for one that is nowhere: its messages take no time. */
  readonly zones: readonly number[]
  /** By zone and zone; null where a message takes no time. */
  readonly lines: readonly (readonly (Line | null)[])[]
}

/** Turns the number of a request into one of [0, 1) that looks random: by the golden ratio, evenly spread. */
function spreadOf(request: number): number {
  return (request * 0.618_033_988_749_895) % 1
}

/** The lines between the places of a design, as faults leave them. */
export class Roads implements Network, NetworkControl {
  private readonly layout: Layout
  private changes: readonly Changed[] = []

  constructor(layout: Layout) {
    this.layout = layout
  }

  addressOf(party: number, instance: number, request: number): Address {
    const addresses = this.layout.addresses[party] as readonly Address[]
    const shares = this.layout.shares[party] as readonly number[]
    if (shares.length > 1) {
      const at = spreadOf(request)
      return addresses[shares.findIndex((share) => at < share)] ?? (addresses.at(-1) as Address)
    }
    return addresses[instance] ?? (addresses[0] as Address)
  }

  passageMs(from: Address, to: Address, _bytes: number, random: UniformSource): number {
    const { zones, lines } = this.layout
    const [zone, other] = [zones[from] as number, zones[to] as number]
    const line = zone < 0 || other < 0 ? null : ((lines[zone] as (Line | null)[])[other] as Line | null)
    let ms = line === null ? 0 : (line.latency.constant ?? line.latency.sample(random))
    let kept = line === null ? 1 : 1 - line.loss
    for (const { from: here, to: there, change } of this.changes) {
      if (!here(from) || !there(to)) continue
      if (change.isCut) return Number.POSITIVE_INFINITY
      if (change.latency !== null) ms += change.latency.constant ?? change.latency.sample(random)
      kept *= 1 - change.loss
    }
    return kept < 1 && random.next() >= kept ? Number.POSITIVE_INFINITY : ms
  }

  change(from: Side, to: Side, change: Change, isOneWay: boolean): () => void {
    const added: readonly Changed[] = [{ from, to, change }, ...(isOneWay ? [] : [{ from: to, to: from, change }])]
    this.changes = [...this.changes, ...added]
    return () => {
      this.changes = this.changes.filter((one) => !added.includes(one))
    }
  }
}
