import type { UniformSource } from '../support/distributions/distribution.ts'

/** After so many are followed half as many are: there may be far more requests than arithmetic can tell. */
const mostFollowed = 64

/**
 * Chooses which requests of one kind are followed through all blocks: one of each `every` in a row, drawn at random, so
 * that each is as likely as any other, the first and the last included.
 */
export class Following {
  /** Requests of the kind so far, and the number of the next that is followed. */
  seen = 0
  next: number
  private readonly draws: UniformSource
  private every: number
  private groupFrom = 0
  private followed = 0

  constructor(draws: UniformSource, every: number) {
    this.draws = draws
    this.every = every
    this.next = this.draw()
  }

  /** Follows the request that is due, and chooses the next one. @returns for how many requests it stands. */
  begin(): number {
    const standsFor = this.every
    this.groupFrom += standsFor
    if (++this.followed % mostFollowed === 0) this.every *= 2
    this.next = this.draw()
    return standsFor
  }

  private draw(): number {
    return this.groupFrom + Math.floor(this.draws.next() * this.every)
  }
}
