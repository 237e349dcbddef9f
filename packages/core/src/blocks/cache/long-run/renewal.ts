import type { UniformSource } from '../../../support/distributions/distribution.ts'
import { exp, ln } from '../../../support/elementary.ts'
import type { Lifetimes } from '../shelf/lifetimes.ts'
import { type KeyRates, untilNextMs } from './key-rates.ts'
import { LifeStage } from './life-stage.ts'
import type { DrawnEntry, Wanted } from './stationary.ts'

/** Mean pauses after which one entry in 3,000 is not yet requested. */
const hardlyAny = 8

/**
 * The lives of one key in a cache, one after another. A read brings the key in; it stays for a stage of its life, unless a
 * change throws it out; a read from the moment on at which it is loaded ahead, or a reload, begins a new stage. When the last
 * stage is over there is a pause until the key is requested again; in it an entry that is too old may still be there.
 *
 * With reads at rate λ and a life of T it is in its life for λT / (1 + λT) of the time, at any age up to T alike.
 */
export class Renewal {
  private readonly stage = new LifeStage()
  private reads = 0
  private dropsPerMs = 0
  private stageMs = 0
  private endsPerMs = 0
  private mostIdleMs = 0
  private expiredLives = 0
  /** Mean length of a pause, ms. */
  private pauseMs = 0
  /** Probability to be in a life at any moment. */
  private aliveShare = 0
  /** Probability that a life ends because its time is over, so that the entry is still there. */
  private endsByAge = 0
  /** Of the moments in a pause, the share in which an entry that is there, and was not requested since, would be wanted. */
  private wantedPauseShare = 0

  /** Sets it to a key. @param lifeMs from when it is loaded until it may not be shown, without grace, ms */
  set(rates: KeyRates, lifetimes: Lifetimes, lifeMs: number, wanted: Wanted): this {
    const { reads, spacing, drops, reloads, writes } = rates
    this.reads = reads
    this.dropsPerMs = drops
    this.mostIdleMs = wanted.mostIdleMs
    this.expiredLives = wanted.expiredLives
    this.pauseMs = untilNextMs(reads + writes, spacing)
    this.stageMs = lifeMs * Math.min(1, lifetimes.renewFrom)
    this.endsPerMs = drops + (reloads + writes)
    this.followLives(reads + writes, reloads + writes)
    this.followPause((lifeMs + lifetimes.graceMs) * (1 + wanted.expiredLives), lifeMs)
    return this
  }

  /** Stages follow one another as long as reloads and writes end them; then there is a pause. */
  private followLives(bringsIn: number, beginsAgain: number): void {
    const { livingMs, outlives } = this.stage.set(this.stageMs, this.reads, this.endsPerMs, this.mostIdleMs)
    const lastShare = 1 - beginsAgain * livingMs
    const presentMs = livingMs / lastShare
    this.endsByAge = outlives / lastShare
    if (bringsIn === 0) this.aliveShare = 0
    else this.aliveShare = Number.isFinite(presentMs) ? presentMs / (presentMs + this.pauseMs) : 1
  }

  /** An entry whose life is over is wanted until it is too old or was not requested for too long. */
  private followPause(keptMs: number, lifeMs: number): void {
    const mostMs = Number.isFinite(lifeMs) ? keptMs : Number.POSITIVE_INFINITY
    const quietMs = Math.min(this.mostIdleMs, mostMs - this.stageMs)
    this.wantedPauseShare = quietMs > 0 && Number.isFinite(this.pauseMs) ? 1 - exp(-quietMs / this.pauseMs) : 0
  }

  /** Probability that the entry is there and wanted. */
  get wantedShare(): number {
    const { aliveShare } = this
    return aliveShare + (1 - aliveShare) * this.expiredShare()
  }

  /** A bound of that probability: as if every life ended by age, and the last read had been at its end. */
  get mostWantedShare(): number {
    const { aliveShare } = this
    return aliveShare + (1 - aliveShare) * this.wantedPauseShare
  }

  /** An age that hardly any entry exceeds, ms. */
  get oldestAgeMs(): number {
    const { stageMs, endsPerMs } = this
    const livingMs = endsPerMs === 0 ? stageMs : Math.min(stageMs, hardlyAny / endsPerMs)
    return livingMs + (this.expiredLives > 0 ? hardlyAny * this.pauseMs : 0)
  }

  /** Draws whether the entry is there and wanted, which is so where `u` is low, and its age and idle time. */
  draw(u: number, random: UniformSource, into: DrawnEntry): void {
    const { aliveShare } = this
    into.isThere = false
    if (u < aliveShare) {
      into.isThere = true
      this.stage.draw(u / aliveShare, random, into)
    } else if (u < aliveShare + (1 - aliveShare) * this.wantedPauseShare) {
      this.drawExpired((u - aliveShare) / (1 - aliveShare), random, into)
    }
  }

  /** Nobody has requested it since: what was evicted is out, what lived to the end is there for a while longer. */
  private drawExpired(u: number, random: UniformSource, into: DrawnEntry): void {
    const { dropsPerMs } = this
    const quietMs = -ln(1 - u) * this.pauseMs
    const livedOn = random.next() < this.endsByAge
    const dropped = dropsPerMs > 0 && random.next() > exp(-dropsPerMs * quietMs)
    into.ageMs = this.stageMs + quietMs
    into.idleMs = Math.min(into.ageMs, quietMs - ln(random.next()) / this.reads)
    into.isThere = livedOn && !dropped && into.idleMs <= this.mostIdleMs && Number.isFinite(into.ageMs)
  }

  /** Probability, in a pause, that the entry is there and was requested within the time wanted. */
  private expiredShare(): number {
    const { pauseMs, stageMs, mostIdleMs } = this
    const stays = this.endsByAge / (1 + this.dropsPerMs * pauseMs)
    if (!Number.isFinite(mostIdleMs)) return stays * this.wantedPauseShare
    // Since its last read there was a rest of its life, and then the pause.
    const perMs = 1 / pauseMs
    const more = this.reads - perMs
    const restMs = Math.min(stageMs, mostIdleMs)
    const within = Math.abs(more * restMs) < 1e-6 ? restMs : (1 - exp(-more * restMs)) / more
    return stays * Math.min(this.wantedPauseShare, 1 - (1 + perMs * within) * exp(-perMs * mostIdleMs))
  }
}
