import { type Spacing, unspaced } from '../../spacing.ts'
import type { Lifetimes } from '../shelf/lifetimes.ts'
import type { CacheNodes } from '../shelf/nodes.ts'
import type { EntryRates } from './entry-rates.ts'
import { foundShare } from './found-share.ts'
import type { NodeShares } from './node-shares.ts'

/** What answers of a cache depend on. */
interface Answering {
  readonly nodes: CacheNodes
  readonly shares: NodeShares
  readonly rates: EntryRates
  readonly lifetimes: Lifetimes
  /** What a full node holds: the keys requested last, or those that came in last. */
  readonly holds: 'recency' | 'arrival'
  /** Whether anything ends or brings in entries but reads and time. */
  readonly canChange: boolean
}

/** How many reads of each entry a cache answers in the long run, and how those follow one another that it sends on. */
export class AnsweredReads {
  private readonly answering: Answering
  /** For how long a key stays in each node that is not requested, ms; empty where that is not known, or not yet. */
  private staysMs: readonly number[] = []
  /** Whether all points have the same of everything. */
  private areAlike = false
  private lifeApart: Spacing | null = null
  private isAsked = false

  constructor(answering: Answering) {
    this.answering = answering
  }

  /** The nodes have been warmed. @param staysMs by node; empty where it is not known */
  warmed(staysMs: readonly number[]): void {
    const { points } = this.answering.shares
    this.staysMs = staysMs
    this.areAlike = staysMs.every((ms, i) => ms === staysMs[0] && points?.shareOf(i) === 1 / staysMs.length)
  }

  /** How reads of a key follow one another that are sent on: those of one node are a life apart. */
  get spacing(): Spacing {
    const { lifetimes, shares, nodes, canChange } = this.answering
    const { ttlMs, jitter, renewFrom, sliding } = lifetimes
    if (sliding || !Number.isFinite(ttlMs) || canChange) return unspaced
    if (!this.staysMs.every((ms) => ms === Number.POSITIVE_INFINITY)) return unspaced
    this.lifeApart ??= {
      leastGapMs: ttlMs * (1 - jitter) * Math.min(1, renewFrom),
      streams: shares.isSpread ? 1 : nodes.list.length,
    }
    return this.lifeApart
  }

  /** Share of the reads of an entry that are answered here; 0 where it is requested in a circle of caches. */
  share(entry: number): number {
    if (this.isAsked) return 0
    this.isAsked = true
    const share = this.byAllNodes(entry)
    this.isAsked = false
    return share
  }

  private byAllNodes(entry: number): number {
    const { staysMs } = this
    const { nodes, shares } = this.answering
    const { points } = shares
    if (staysMs.length === 0) return 0
    if (shares.isSpread) return this.by(nodes.holderOf(entry), entry, 1)
    if (points === null || this.areAlike) return this.by(0, entry, 1 / staysMs.length)
    return staysMs.reduce((sum, _, i) => sum + points.shareOf(i) * this.by(i, entry, points.shareOf(i)), 0)
  }

  /** Share of the reads of an entry that one node answers, of those that it sees: so large a share of all. */
  private by(node: number, entry: number, seenShare: number): number {
    const { lifetimes, rates, holds } = this.answering
    const ofKey = rates.of(entry, seenShare)
    const staysMs = this.staysMs[node] as number
    if (holds === 'recency' || staysMs === Number.POSITIVE_INFINITY)
      return foundShare(ofKey, lifetimes, lifetimes.ttlMs, staysMs)
    const asked = ofKey.reads * staysMs
    return (foundShare(ofKey, lifetimes, lifetimes.ttlMs, Number.POSITIVE_INFINITY) * asked) / (1 + asked)
  }
}
