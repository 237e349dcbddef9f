import type { RandomNumbers } from './choice/choice.ts'
import { type Rotation, shut } from './rotation.ts'

/**
 * Lets a target that has come back take part in a growing share of the choices: t after its return in t / window of them.
 * Source: nginx `slow_start` and HAProxy `slowstart`, whose weight grows linearly from 0 over the window.
 */
export class SlowStart {
  private readonly rotation: Rotation
  private readonly windowMs: number
  private readonly random: RandomNumbers
  /** Since when a target is back, for those that are warming up. */
  private readonly backSinceMs = new Map<number, number>()

  constructor(rotation: Rotation, windowMs: number, random: RandomNumbers) {
    this.rotation = rotation
    this.windowMs = windowMs
    this.random = random
  }

  onBack(target: number, nowMs: number): void {
    this.backSinceMs.delete(target)
    this.backSinceMs.set(target, nowMs)
  }

  /** Draws which of the targets that are warming up take part in the next choice. */
  draw(nowMs: number): void {
    for (const [target, sinceMs] of this.backSinceMs) {
      const share = (nowMs - sinceMs) / this.windowMs
      if (share >= 1) this.backSinceMs.delete(target)
      this.rotation.set(target, shut.cold, share < 1 && this.random.next() >= share)
    }
    if (!this.rotation.isEmpty) return
    // Nobody else is open.
    for (const target of this.backSinceMs.keys()) this.rotation.set(target, shut.cold, false)
  }
}
