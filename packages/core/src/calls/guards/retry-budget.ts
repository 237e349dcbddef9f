/** A share of the calls, and how many retries may come at once. */
export interface RetryBudgetOptions {
  readonly share: number
  readonly burst: number
}

/**
 * A budget of retries: every call puts a share of a token in, every retry takes one out. So retries are at most that share of
 * the calls, and a burst. Source: Finagle's `RetryBudget`; B. Beyer et al., "Site Reliability Engineering", 2016, chapter 21.
 */
export class RetryBudget {
  private readonly options: RetryBudgetOptions
  private tokens: number

  /** Begins full. */
  constructor(options: RetryBudgetOptions) {
    this.options = options
    this.tokens = options.burst
  }

  /** Notes a first attempt. */
  called(): void {
    this.tokens = Math.min(this.options.burst, this.tokens + this.options.share)
  }

  /** Takes what a retry costs. @returns false if there is not enough */
  takeRetry(): boolean {
    // Ten times a tenth is a little less than one.
    if (this.tokens < 1 - 1e-9) return false
    this.tokens -= 1
    return true
  }
}
