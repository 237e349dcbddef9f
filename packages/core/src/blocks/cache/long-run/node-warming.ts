import { hashName, hashPair, type Stream } from '../../../kernel/random.ts'
import type { Site } from '../../block.ts'
import { evictions } from '../eviction/index.ts'
import type { Eviction } from '../eviction/policy.ts'
import type { CacheValues } from '../params.ts'
import type { Points } from '../points.ts'
import { type Lifetimes, lifetimesOf } from '../shelf/lifetimes.ts'
import type { CacheNode } from '../shelf/node.ts'
import type { CacheNodes } from '../shelf/nodes.ts'
import type { Shelf } from '../shelf/shelf.ts'
import { AnsweredReads } from './answered-reads.ts'
import { EntryRates } from './entry-rates.ts'
import { EntryStandIns } from './entry-stand-ins.ts'
import { NodeShares } from './node-shares.ts'
import { nodesAsOne } from './nodes-as-one.ts'
import { drawnEntries, type PastCalls } from './past-calls.ts'
import { PastEntries } from './past-entries.ts'
import { settle } from './settling.ts'
import { aloneBehind, aloneOf, StandIns } from './stand-ins.ts'
import { canBeListed, type KnownCalls, warmByDistribution } from './stationary-warming.ts'
import { type Warming, warm } from './warming.ts'

/** Keys gone through at most for all nodes of one cache. */
const mostListed = 4e6

/**
 * Gives the nodes of a cache what their calls would have left in them, in the first of three ways that is exact: each entry
 * when its key is touched, where no key wants the room of another; what fits by the distribution of the policy, where it follows from
 * the rates of keys; else read by read.
 */
export class NodeWarming {
  readonly standIns: EntryStandIns | null
  readonly answered: AnsweredReads
  private readonly values: CacheValues
  private readonly site: Site
  private readonly nodes: CacheNodes
  private readonly calls: PastCalls
  private readonly rates: EntryRates
  private readonly shares: NodeShares
  private readonly lifetimes: Lifetimes
  private readonly policy: Eviction
  private readonly holds: 'recency' | 'arrival'
  private readonly random: Stream

  constructor(values: CacheValues, site: Site, nodes: CacheNodes, calls: PastCalls, points: Points | null) {
    this.values = values
    this.site = site
    this.nodes = nodes
    this.calls = calls
    this.rates = new EntryRates(calls)
    this.shares = new NodeShares(values, nodes, calls, points)
    this.lifetimes = lifetimesOf(values)
    this.policy = evictions.get(values.eviction.name)
    this.holds = this.policy.holds ?? 'recency'
    this.random = site.simulation.stream(`warming of ${site.name}`)
    this.standIns = this.createStandIns()
    nodes.standIns = this.standIns
    for (const { shelf } of nodes.list) shelf.standIns = this.standIns
    const { rates, shares, lifetimes, holds } = this
    const canChange = calls.byEndpoint.some(({ changes }) => changes.length > 0)
    this.answered = new AnsweredReads({ nodes, shares, rates, lifetimes, holds, canChange })
  }

  /** By how much the hit ratio is off at most, in points. */
  get standInError(): number {
    return this.standIns === null ? 0 : (this.policy.standInError ?? 0)
  }

  /** Warms the nodes that there are from the start. */
  warm(): void {
    this.answered.warmed(this.warmAll())
  }

  /** Warms the node of a session that comes for the first time: as it was at 0 s, since when it has only aged. */
  warmClient({ shelf }: CacheNode): void {
    const nodes = Math.max(1, this.site.sessions)
    const share = 1 / nodes
    if (this.isDrawnWhenTouched) shelf.pastEntries = this.pastEntriesOf(shelf, this.nodes.list.length, share)
    else if (this.followsByDistribution(1)) warmByDistribution([shelf], () => 0, this.knownCalls(share, 0))
    else warm(shelf, { ...this.drawnCalls(share), nodes })
  }

  /** @returns for how long a key stays in each node that is not requested, ms; empty where that is not known. */
  private warmAll(): readonly number[] {
    const { list } = this.nodes
    if (this.isDrawnWhenTouched) {
      list.forEach(({ shelf }, i) => {
        shelf.pastEntries = this.pastEntriesOf(shelf, i, this.shares.of(i))
      })
      return list.map(() => Number.POSITIVE_INFINITY)
    }
    return this.shares.isSpread ? this.warmTogether() : this.warmEach()
  }

  /** Nodes among which the keys are spread are one cache. */
  private warmTogether(): readonly number[] {
    const { nodes } = this
    const { list } = nodes
    if (!this.followsByDistribution(1)) {
      const ofOne = this.drawnCalls(1)
      warm(nodesAsOne(nodes), { ...ofOne, entries: ofOne.entries * list.length })
      return []
    }
    const shelves = list.map(({ shelf }) => shelf)
    const staysMs = warmByDistribution(
      shelves,
      (entry) => nodes.holderOfKept(entry),
      this.knownCalls(1, 0, list.length),
    )
    this.settle(1, staysMs, (entry) => nodes.at(nodes.holderOfKept(entry)).shelf)
    return staysMs
  }

  /** Warms each node separately if every node sees all keys. */
  private warmEach(): readonly number[] {
    const { list } = this.nodes
    const isByDistribution = this.followsByDistribution(list.length)
    return list.flatMap(({ shelf }, i) => {
      const share = this.shares.of(i)
      if (!isByDistribution) {
        warm(shelf, { ...this.drawnCalls(share, i), nodes: list.length })
        return []
      }
      const staysMs = warmByDistribution([shelf], () => 0, this.knownCalls(share, i))
      this.settle(share, staysMs, () => shelf)
      return staysMs
    })
  }

  /** Lets policies that keep more than what was requested last come to what they keep in the long run. */
  private settle(share: number, staysMs: readonly number[], shelfOf: (entry: number) => Shelf): void {
    const { standIns, rates, calls, policy, random } = this
    const allFit = staysMs.every((ms) => ms === Number.POSITIVE_INFINITY)
    if (policy.holds !== undefined || standIns === null || allFit) return
    settle(standIns, {
      rateOf: (entry) => rates.of(entry, share).reads,
      shelfOf,
      weightOf: calls.weightOf,
      staysMs: Math.min(...staysMs),
      random,
    })
  }

  /**
   * Whether what a node holds of a key is told by that key alone, and can wait until it is touched: there is room for
   * everything, a key stays with its node, and a change of one key evicts no other. Nodes of sessions come later: there
   * is room for all in none.
   */
  private get isDrawnWhenTouched(): boolean {
    const { values } = this
    if (!this.rates.areKnown) return false
    if (values.invalidation !== undefined && values.invalidation.by !== 'key') return false
    if (this.shares.isSpread && values['when-down'] === 'others') return false
    return this.shares.fit(this.rates.entries)
  }

  /** Whether what so many nodes hold follows from how often each key is requested. */
  private followsByDistribution(nodes: number): boolean {
    const { policy, site } = this
    const { areKnown, entries } = this.rates
    if (!areKnown) return false
    if (this.standIns !== null) return true
    if (!canBeListed(entries) || entries * nodes > mostListed || entries > site.simulation.mostEvents) return false
    return policy.holds !== undefined || this.shares.fit(entries)
  }

  /** Where one key stands for several, if it is a large cache whose calls are known. */
  private createStandIns(): EntryStandIns | null {
    const { policy, site, nodes, shares } = this
    if (policy.standInError === undefined || !this.rates.areKnown || this.isDrawnWhenTouched) return null
    const { entries: mostEntries, byEndpoint } = this.rates
    const count = nodes.list.length
    const [parts, seeingAll] = shares.isSpread ? [count, 1] : [1, count]
    const entries = Math.max(...nodes.all.map((node) => shares.entriesOf(node))) * parts
    const own = aloneOf(mostEntries, entries, seeingAll, policy.holds === undefined ? 'slow' : 'fast')
    const alone = aloneBehind(this.aloneBefore, own, entries)
    if (alone === null) return null
    const { seed, replication } = site.simulation
    const layout = hashPair(hashPair(hashName('stand-ins'), seed), replication)
    return new EntryStandIns(
      this.calls.numbers,
      byEndpoint.map(({ keys }) => new StandIns(keys, alone, layout)),
    )
  }

  /** How many keys stand for themselves alone in caches before this one; null where every key does. */
  private get aloneBefore(): number | null {
    return this.calls.byEndpoint.reduce<number | null>((fewest, { popularity }) => {
      const alone = popularity?.alone ?? null
      return fewest === null || alone === null ? (fewest ?? alone) : Math.min(fewest, alone)
    }, null)
  }

  private pastEntriesOf(shelf: Shelf, index: number, share: number): PastEntries {
    const { calls, nodes, site, shares, lifetimes } = this
    const { seed, replication } = site.simulation
    return new PastEntries({
      numbers: calls.numbers,
      kinds: this.rates.byEndpoint.map((rates, endpoint) => ({
        keys: rates.keys,
        ratesOf: (key) => rates.of(key, share),
        meanWeight: this.meanWeightOf(endpoint),
      })),
      lifetimes,
      weightOf: calls.weightOf,
      startMs: site.startMs,
      keepsExpired: shares.points?.validates === true,
      has: (entry) => !shares.isSpread || nodes.holderOf(entry) === index,
      lifeMsOf: (entry) => shelf.lifeMsOf(entry),
      seed,
      replication,
      hash: hashPair(site.hash, index),
    })
  }

  private meanWeightOf(endpoint: number): number {
    return this.values.capacity.unit === 'entries' ? 1 : (this.calls.byEndpoint[endpoint]?.meanBytes ?? 0)
  }

  /** The calls by their rates, of one node or of so many shelves like it, and a share of the calls. */
  private knownCalls(share: number, node: number, shelves = 1): readonly KnownCalls[] {
    const { numbers } = this.calls
    return this.rates.byEndpoint.map((rates, endpoint) => ({
      keys: rates.keys,
      entryOf: (key) => numbers.of(endpoint, key),
      standIns: this.standIns?.byEndpoint[endpoint] ?? null,
      ratesOf: (key) => rates.of(key, share),
      mostRatesFrom: (key) => rates.mostFrom(key, share),
      lifetimes: this.lifetimes,
      weightOf: this.calls.weightOf,
      entries: this.shares.entriesOf(node) * shelves,
      holds: this.holds,
      expiredLives: this.expiredLives(node),
      random: this.random,
      startMs: this.site.startMs,
    }))
  }

  /**
   * What is too old takes room until it is requested or evicted, and may be found to be still good, however old. Where there
   * is room for everything and nothing is validated, it is as if it were not there.
   */
  private expiredLives(node: number): number {
    const isWanted = this.rates.entries > this.shares.entriesOf(node) || this.shares.points?.validates === true
    return isWanted ? Number.POSITIVE_INFINITY : 0
  }

  /** The calls one by one, of one node and a share of the calls. */
  private drawnCalls(share: number, node = 0): Warming {
    const { values, site, shares, calls } = this
    const { draw, perMs, changes } = drawnEntries(calls, this.random)
    return {
      draw,
      perMs: perMs * share,
      changes: changes.map((change) => ({ ...change, perMs: change.perMs * (change.isEverywhere ? 1 : share) })),
      ttlMs: values.ttl ?? Number.POSITIVE_INFINITY,
      keepsExpired: shares.points?.validates === true,
      weightOf: calls.weightOf,
      entries: shares.entriesOf(node),
      settledWhenFull: this.policy.settledWhenFull === true,
      random: this.random,
      startMs: site.startMs,
      most: site.simulation.mostEvents,
    }
  }
}
