import type { CalleePassages } from '../../calls/callee-passages.ts'
import type { Call } from '../../kernel/call.ts'
import type { Holding } from '../../kernel/holding.ts'
import { failedAt, type Reason, reasons } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { Block } from '../block.ts'
import type { Op, Program } from './steps/step.ts'

interface Setting {
  readonly simulation: Simulation
  readonly program: Program
  /** Index of the service. */
  readonly block: number
  /** The store to which a connection is held. */
  readonly to: Block
  /** What visits hold already when they come to it. */
  readonly outer: Holding | null
}

/** One connection to a store, held by a visit over several steps. */
export class Transaction implements Holding {
  readonly outer: Holding | null
  readonly to: Block
  private readonly setting: Setting
  private first: Op | null = null
  private passages: CalleePassages | undefined

  constructor(setting: Setting) {
    this.setting = setting
    this.outer = setting.outer
    this.to = setting.to
  }

  /** Before its steps. @param passages the ways of the instances to the store, if anything guards them */
  begin(first: Op, passages: CalleePassages | undefined): Op {
    this.first = first
    this.passages = passages
    return {
      run: (visit) => {
        this.setting.program.release(visit)
        visit.holding = this
        const entered = this.connect(visit)
        if (entered === 'now') return first
        if (entered === 'later') this.limitWait(visit)
        else this.refuse(visit, entered)
        return null
      },
    }
  }

  /** After its steps. */
  end(next: Op): Op {
    return {
      run: (visit) => {
        this.letGo(visit)
        visit.holding = this.outer
        return next
      },
    }
  }

  private connect(visit: Call): 'now' | 'later' | Reason {
    const passage = this.passages?.of(visit)
    if (passage?.hasPool === true) return passage.connect(visit)
    const shared = this.to.visits.connectionLimit
    return shared === null ? 'now' : (shared.acquire(visit) as 'now' | 'later')
  }

  private limitWait(visit: Call): void {
    const timeoutMs = this.passages?.of(visit).poolTimeoutMs ?? Number.POSITIVE_INFINITY
    if (Number.isFinite(timeoutMs)) this.setting.simulation.agenda.after(timeoutMs, this.waitTimedOut, visit)
  }

  private readonly waitTimedOut = (visit: Call): void => {
    const { agenda } = this.setting.simulation
    const passage = this.passages?.of(visit)
    // It may have its connection by now, or wait for another one.
    if (visit.holding !== this || passage === undefined || visit.sinceMs + passage.poolTimeoutMs > agenda.nowMs) return
    if (passage.unqueue(visit)) this.refuse(visit, reasons.poolTimedOut)
  }

  private refuse(visit: Call, reason: Reason): void {
    visit.holding = this.outer
    this.setting.program.fail(visit, failedAt(reason, this.setting.block))
  }

  granted(visit: Call): void {
    const { simulation, program } = this.setting
    const passage = this.passages?.of(visit)
    const reason = passage?.hasPool === true ? passage.open() : null
    if (visit.traced) {
      simulation.trace(
        visit,
        'waiting',
        visit.sinceMs,
        simulation.agenda.nowMs,
        `connection to ${this.to.visits.block}`,
      )
    }
    if (reason !== null) this.refuse(visit, reason)
    else program.resume(visit, this.first as Op)
  }

  letGo(visit: Call): void {
    const passage = this.passages?.of(visit)
    if (passage?.hasPool === true) passage.disconnect(visit)
    else if (this.to.visits.connectionLimit?.unqueue(visit) === false) this.to.visits.connectionLimit.release()
  }
}

/** Whether a visit that holds these holds a connection to a block. */
export function isConnectedTo(to: Block, holding: Holding | null): boolean {
  for (let at = holding; at !== null; at = at.outer) if (at instanceof Transaction && at.to === to) return true
  return false
}
