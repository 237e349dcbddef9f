import { hashName, hashPair, type Stream } from '../../kernel/chance.ts'
import type { Site } from '../block.ts'
import { type Spacing, unspaced } from '../spacing.ts'
import { CallRates } from './call-rates.ts'
import { evictions } from './eviction/index.ts'
import { canBeListed, type KnownCalls, warmByLaw } from './law-warming.ts'
import { type Lifetimes, lifetimesOf } from './lifetimes.ts'
import type { CacheNode } from './node.ts'
import type { CacheNodes } from './nodes.ts'
import { fillingOf } from './nodes-filling.ts'
import type { CacheValues } from './params.ts'
import type { PastCalls } from './past-calls.ts'
import { PastEntries } from './past-entries.ts'
import type { Points } from './points.ts'
import { settle } from './settling.ts'
import type { Shelf } from './shelf.ts'
import { aloneBehind, aloneOf, StandIns } from './stand-ins.ts'
import { foundShare } from './stationary.ts'
import { type Warming, warm } from './warming.ts'

/** Keys gone through at most for all nodes of one cache. */
const mostListed = 4e6
/** Keys surely fit whose mean sizes fill so much of the room. */
const surelyFits = 0.8

/** Gives the nodes of a cache what their calls would have left in them. */
export class NodeWarming {
  private readonly values: CacheValues
  private readonly site: Site
  private readonly points: Points | null
  private readonly nodes: CacheNodes
  private readonly calls: PastCalls
  private readonly chance: Stream
  private readonly rates: CallRates
  private readonly lifetimes: Lifetimes
  /** For how long a key stays in a node that is not asked for, ms; empty where that is not known. */
  private staysMs: readonly number[] = []
  private alike: boolean | null = null
  private spaced: Spacing | null = null
  private isAnswering = false
  readonly standIns: StandIns | null

  constructor(values: CacheValues, site: Site, nodes: CacheNodes, calls: PastCalls, points: Points | null) {
    this.values = values
    this.site = site
    this.nodes = nodes
    this.calls = calls
    this.rates = new CallRates(calls)
    this.points = points
    this.lifetimes = lifetimesOf(values)
    this.chance = site.simulation.stream(`warming of ${site.name}`)
    this.standIns = this.standInsOf()
    nodes.standIns = this.standIns
    for (const { shelf } of nodes.list) shelf.standIns = this.standIns
  }

  /** Each node for itself where each sees all keys. */
  warm(): void {
    const { nodes } = this
    const { list } = nodes
    if (this.isDrawnWhenTouched) {
      this.staysMs = list.map(() => Number.POSITIVE_INFINITY)
      list.forEach(({ shelf }, i) => {
        shelf.pastEntries = this.pastEntriesOf(shelf, i)
      })
      return
    }
    if (this.isSpread) {
      const all = list.map(({ shelf }) => shelf)
      if (this.byLaw(1)) {
        this.staysMs = warmByLaw(all, (key) => nodes.holderOfKept(key), this.known(1, 0, all.length))
        this.settle(list, 1)
        return
      }
      const whole = this.warming(1)
      warm(fillingOf(nodes), { ...whole, entries: whole.entries * list.length })
      return
    }
    const law = this.byLaw(list.length)
    this.staysMs = list.flatMap((node, i) => {
      const share = this.shareOf(i)
      if (!law) {
        warm(node.shelf, { ...this.warming(share, i), nodes: list.length })
        return []
      }
      const stays = warmByLaw([node.shelf], () => 0, this.known(share, i))
      this.settle([node], share)
      return stays
    })
  }

  /** Warms the node of a session that comes for the first time: as it was at 0 s, since when it has only aged. */
  warmClient({ shelf }: CacheNode): void {
    const nodes = Math.max(1, this.site.sessions)
    if (this.isDrawnWhenTouched) {
      shelf.pastEntries = this.pastEntriesOf(shelf, this.nodes.list.length, 1 / nodes)
      return
    }
    if (this.byLaw(1)) warmByLaw([shelf], () => 0, this.known(1 / nodes, 0))
    else warm(shelf, { ...this.warming(1 / nodes), nodes })
  }

  /** By how much the hit ratio is off at most, in points. */
  get standInError(): number {
    return this.standIns === null ? 0 : (this.policy.standInError ?? 0)
  }

  /** Reads of a key that one node sends on are a life apart. */
  get spacing(): Spacing {
    const { ttlMs, jitter, renewFrom, sliding } = this.lifetimes
    if (sliding || !Number.isFinite(ttlMs) || this.calls.changes.length > 0) return unspaced
    if (!this.staysMs.every((ms) => ms === Number.POSITIVE_INFINITY)) return unspaced
    this.spaced ??= {
      leastGapMs: ttlMs * (1 - jitter) * Math.min(1, renewFrom),
      streams: this.isSpread ? 1 : this.nodes.list.length,
    }
    return this.spaced
  }

  /** Share of the reads of a key that are answered here; 0 where it is asked for in a circle of caches. */
  answeredShare(key: number): number {
    if (this.isAnswering) return 0
    this.isAnswering = true
    const share = this.shareAnswered(key)
    this.isAnswering = false
    return share
  }

  private shareAnswered(key: number): number {
    const { staysMs, nodes, points } = this
    if (staysMs.length === 0) return 0
    if (this.isSpread) return this.answeredBy(nodes.holderOf(key), key, 1)
    if (points === null || this.areAlike) return this.answeredBy(0, key, 1 / staysMs.length)
    return staysMs.reduce((sum, _, i) => sum + points.shareOf(i) * this.answeredBy(i, key, points.shareOf(i)), 0)
  }

  /** Whether all points have the same of everything; once they are warmed it does not change. */
  private get areAlike(): boolean {
    this.alike ??= this.staysMs.every(
      (ms, i) => ms === this.staysMs[0] && this.points?.shareOf(i) === 1 / this.staysMs.length,
    )
    return this.alike
  }

  private answeredBy(node: number, key: number, share: number): number {
    const { lifetimes } = this
    const rates = this.rates.of(key, share)
    const stays = this.staysMs[node] as number
    if (this.law === 'recency' || stays === Number.POSITIVE_INFINITY)
      return foundShare(rates, lifetimes, lifetimes.ttlMs, stays)
    const asked = rates.reads * stays
    return (foundShare(rates, lifetimes, lifetimes.ttlMs, Number.POSITIVE_INFINITY) * asked) / (1 + asked)
  }

  /** Whether every node has keys of its own. */
  private get isSpread(): boolean {
    return this.values.per === undefined && this.points === null && this.nodes.list.length > 1
  }

  /**
   * Whether what a node holds of a key is told by that key alone, and can wait until it is touched: there is room for
   * everything, a key stays with its node, and a change of one key throws out no other.
   */
  private get isDrawnWhenTouched(): boolean {
    const { values } = this
    if (!this.rates.areKnown) return false
    if (values.invalidation !== undefined && values.invalidation.by !== 'key') return false
    if (this.isSpread && values['when-down'] === 'others') return false
    return this.allFits
  }

  private pastEntriesOf(shelf: Shelf, index: number, share = this.shareOf(index)): PastEntries {
    const { calls, nodes, site, points, lifetimes, values } = this
    const { seed, replication } = site.simulation
    return new PastEntries({
      keys: this.rates.keys,
      ratesOf: (key) => this.rates.of(key, share),
      lifetimes,
      weightOf: calls.weightOf,
      meanWeight: values.capacity.unit === 'entries' ? 1 : calls.meanBytes,
      startMs: site.startMs,
      keepsExpired: points?.validates === true,
      has: (key) => !this.isSpread || nodes.holderOf(key) === index,
      lifeMsOf: (key) => shelf.lifeMsOf(key),
      seed,
      replication,
      hash: hashPair(site.hash, index),
    })
  }

  /** Share of the calls that a node sees, of those for its keys. */
  private shareOf(index: number): number {
    return this.isSpread ? 1 : (this.points?.shareOf(index) ?? 1 / this.nodes.list.length)
  }

  private get policy() {
    return evictions.get(this.values.eviction.name)
  }

  private get law(): 'recency' | 'arrival' {
    return this.policy.holds ?? 'recency'
  }

  /** Where one key stands for several, if it is a large cache whose calls are known. */
  private standInsOf(): StandIns | null {
    const { policy, site, nodes } = this
    if (policy.standInError === undefined || !this.rates.areKnown || this.isDrawnWhenTouched) return null
    const { keys } = this.rates
    const most = Math.max(...nodes.all.map((node) => this.entriesOf(node)))
    const entries = this.isSpread ? most * nodes.list.length : most
    const own = aloneOf(keys, entries, this.isSpread ? 1 : nodes.list.length)
    const alone = aloneBehind(this.calls.popularity?.alone ?? null, own, entries)
    if (alone === null) return null
    const { seed, replication } = site.simulation
    return new StandIns(keys, alone, hashPair(hashPair(hashName('stand-ins'), seed), replication))
  }

  /** Whether what the nodes hold follows from how often each key is asked for. */
  private byLaw(times: number): boolean {
    const { standIns, policy } = this
    if (!this.rates.areKnown) return false
    const { keys } = this.rates
    if (standIns !== null) return true
    if (!canBeListed(keys, null) || keys * times > mostListed || keys > this.site.simulation.mostEvents) return false
    return policy.holds !== undefined || this.allFits
  }

  private entriesOf(node: number): number {
    const room = this.nodes.roomOf(node)
    return this.values.capacity.unit === 'entries' ? room : room / Math.ceil(this.calls.meanBytes)
  }

  /** Whether there is room for everything in every node, be it for its part of the keys. */
  private get allFits(): boolean {
    const { keys } = this.rates
    const { values, nodes, calls } = this
    const areAlike = values.capacity.unit === 'entries' || calls.sizesAreAlike
    const share = (areAlike ? 1 : surelyFits) * (this.isSpread ? nodes.list.length * surelyFits : 1)
    return nodes.all.every((node) => keys <= this.entriesOf(node) * share)
  }

  /** Lets policies that keep more than what was asked for last come to what they keep in the long run. */
  private settle(list: readonly CacheNode[], share: number): void {
    const { standIns, calls, nodes, policy } = this
    if (policy.holds !== undefined || standIns === null || this.staysMs.every((ms) => ms === Number.POSITIVE_INFINITY))
      return
    settle(standIns, {
      rateOf: (key) => (calls.popularity?.perMsOf(key) ?? 0) * share,
      shelfOf: (key) => (list.length === 1 ? (list[0] as CacheNode) : nodes.at(nodes.holderOfKept(key))).shelf,
      weightOf: calls.weightOf,
      staysMs: Math.min(...this.staysMs),
      random: this.chance,
    })
  }

  private known(share: number, index: number, shelves = 1): KnownCalls {
    const { calls, standIns } = this
    const { keys } = this.rates
    return {
      keys,
      standIns,
      ratesOf: (key) => this.rates.of(key, share),
      mostRatesFrom: (key) => this.rates.mostFrom(key, share),
      lifetimes: this.lifetimes,
      weightOf: calls.weightOf,
      entries: this.entriesOf(index) * shelves,
      holds: this.law,
      expiredLives: this.expiredLives(index),
      random: this.chance,
      startMs: this.site.startMs,
    }
  }

  /**
   * What is too old takes room until it is asked for or evicted, and may be found to be still good, however old. Where there
   * is room for everything and nothing is validated, it is as if it were not there.
   */
  private expiredLives(index: number): number {
    const isWanted = this.rates.keys > this.entriesOf(index) || this.points?.validates === true
    return isWanted ? Number.POSITIVE_INFINITY : 0
  }

  /** For one node, and a share of the calls. */
  private warming(share: number, index = 0): Warming {
    const { values, site, points, calls } = this
    return {
      draw: calls.reads,
      perMs: (site.expectedRate('read') / 1000) * share,
      changes: calls.changes.map((change) => ({ ...change, perMs: change.perMs * (change.isEverywhere ? 1 : share) })),
      ttlMs: values.ttl ?? Number.POSITIVE_INFINITY,
      keepsExpired: points?.validates === true,
      weightOf: calls.weightOf,
      entries: this.entriesOf(index),
      settledWhenFull: this.policy.settledWhenFull === true,
      random: this.chance,
      startMs: site.startMs,
      most: site.simulation.mostEvents,
    }
  }
}
