import { Stream } from '../kernel/random.ts'
import { exp, ln } from '../support/elementary.ts'

/** The random numbers of one case of the fuzzer: the same seed, case and purpose give the same throws. */
export class Dice {
  private readonly stream: Stream

  constructor(seed: number, index: number, purpose: string) {
    this.stream = new Stream(seed, index, purpose)
  }

  /** A uniform number in (0, 1). */
  next(): number {
    return this.stream.next()
  }

  /** Whether something of this probability happens. */
  happens(probability: number): boolean {
    return this.stream.next() < probability
  }

  /** A whole number from 0 up to but not including `count`. */
  below(count: number): number {
    return this.stream.below(count)
  }

  /** A whole number from `low` to `high`. */
  whole(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  /** Every order of magnitude between two positive numbers is as likely as any other. */
  magnitude(low: number, high: number): number {
    return low >= high ? low : low * exp(this.stream.next() * ln(high / low))
  }

  /** One of them; they must not be none. */
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T
  }
}
