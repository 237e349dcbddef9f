import { type Outcome, ok } from './outcome.ts'

/** Is told when a request and all that it set off have ended. */
export interface TrailLedger {
  trailEnded(trail: Trail, nowMs: number): void
}

/**
 * A request and the messages that it set off, which go on after its answer. It ends with the last of them. Where one of them
 * failed or was lost, not all that it set off is ever done.
 */
export class Trail {
  readonly kind: number
  readonly cell: number
  readonly arrivedMs: number
  isLost = false
  /** The request itself and messages that have not ended. */
  private open = 1
  private readonly ledger: TrailLedger

  constructor(ledger: TrailLedger, request: { kind: number; cell: number; arrivedMs: number }) {
    this.ledger = ledger
    this.kind = request.kind
    this.cell = request.cell
    this.arrivedMs = request.arrivedMs
  }

  /**
   * Follows a message that goes on by itself. Returns whether the trail is still open: work that was abandoned can publish
   * after its request and all other messages have ended, and does not belong to the trail any more.
   */
  goesOn(): boolean {
    if (this.open === 0) return false
    this.open++
    return true
  }

  /** The request, or one of its messages, ends. */
  end(outcome: Outcome, nowMs: number): void {
    this.open--
    if (outcome !== ok) this.isLost = true
    if (this.open === 0) this.ledger.trailEnded(this, nowMs)
  }
}
