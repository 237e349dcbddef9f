import type { UniformSource } from '../../../support/distributions/distribution.ts'
import { exp, ln } from '../../../support/elementary.ts'
import { unaskedShare } from './key-rates.ts'
import type { DrawnEntry } from './stationary.ts'

/**
 * The stage of a life in which an entry is shown. It ends with the first of four: its time is over; something throws the
 * entry out or loads it again; nobody has requested it for so long that it is evicted.
 *
 * It has two parts. Before `staysMs` the entry cannot have been evicted. Afterwards it is evicted when a gap between two
 * reads is longer than that: at reads of rate r the first gap is with probability q = exp(-rT), and another begins at about
 * the rate rq / (1 - q).
 */
export class LifeStage {
  /** Mean length, ms. */
  livingMs = 0
  /** Probability to last until its time is over. */
  outlives = 0
  private ms = 0
  private reads = 0
  private endsPerMs = 0
  private staysMs = 0
  /** Of the mean length, what lies in the first part. */
  private firstLivingMs = 0
  /** How quickly the second part is left. */
  private leavesPerMs = 0

  /**
   * @param ms when its time is over
   * @param reads of the key, per ms
   * @param endsPerMs rate of what throws the entry out or loads it again
   * @param staysMs how long an entry stays that is not requested
   */
  set(ms: number, reads: number, endsPerMs: number, staysMs: number): this {
    this.ms = ms
    this.reads = reads
    this.endsPerMs = endsPerMs
    this.staysMs = staysMs
    const firstMs = Math.min(ms, staysMs)
    this.firstLivingMs = livingBy(firstMs, endsPerMs)
    this.livingMs = this.firstLivingMs
    this.outlives = exp(-endsPerMs * firstMs)
    this.leavesPerMs = endsPerMs
    if (firstMs < ms) this.addSecondPart(ms - firstMs)
    return this
  }

  private addSecondPart(ms: number): void {
    const unasked = unaskedShare(this.reads, this.staysMs)
    this.leavesPerMs += unasked < 1 ? (this.reads * unasked) / (1 - unasked) : Number.POSITIVE_INFINITY
    if (unasked === 1) this.outlives = 0
    this.outlives *= 1 - unasked
    this.livingMs += this.outlives * livingBy(ms, this.leavesPerMs)
    this.outlives *= exp(-this.leavesPerMs * ms)
  }

  /** Draws the age of an entry in this stage, and how long ago it was requested. @param u uniform on (0, 1) */
  draw(u: number, random: UniformSource, into: DrawnEntry): void {
    const { reads, staysMs, livingMs, firstLivingMs } = this
    const share = (u * livingMs) / firstLivingMs
    if (share < 1) {
      into.ageMs = leftAfter(share, Math.min(this.ms, staysMs), this.endsPerMs)
      into.idleMs = reads === 0 ? into.ageMs : Math.min(into.ageMs, -ln(random.next()) / reads)
    } else {
      const rest = (u * livingMs - firstLivingMs) / (livingMs - firstLivingMs)
      into.ageMs = staysMs + leftAfter(rest, this.ms - staysMs, this.leavesPerMs)
      into.idleMs = -ln(1 - random.next() * (1 - unaskedShare(reads, staysMs))) / reads
    }
  }
}

/** Mean time until something at this rate ends what else lasts so long. */
function livingBy(ms: number, perMs: number): number {
  if (perMs === Number.POSITIVE_INFINITY) return 0
  return perMs === 0 ? ms : (1 - exp(-perMs * ms)) / perMs
}

/** The age below which a share is of those that are left at this rate, and last no longer than `ms`. */
function leftAfter(share: number, ms: number, perMs: number): number {
  return perMs === 0 ? share * ms : -ln(1 - share * (1 - exp(-perMs * ms))) / perMs
}
