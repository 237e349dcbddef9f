import type { Call } from '../../kernel/call.ts'
import type { Holding } from '../../kernel/holding.ts'
import { failedAt, reasons } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { CallsDone, keyOf } from '../calls-done.ts'
import type { Op, Program } from './steps/step.ts'

interface Setting {
  readonly simulation: Simulation
  readonly program: Program
  /** Index of the service. */
  readonly block: number
  readonly rememberedMs: number
}

/** An endpoint that knows calls again by their keys: one that was done is answered at once, one that is in work is refused. */
export class KeyedEndpoint implements Holding {
  readonly outer = null
  private readonly setting: Setting
  private readonly done: CallsDone
  /** Keys of the calls in work. */
  private readonly inWork = new Set<number>()

  constructor(setting: Setting) {
    this.setting = setting
    this.done = new CallsDone(setting.rememberedMs)
    setting.simulation.keepsIdentities = true
  }

  /** Before the first step. @param end what every endpoint does last */
  begin(first: Op, end: Op): Op {
    const { simulation, program, block } = this.setting
    const { agenda } = simulation
    return {
      run: (visit) => {
        const answer = this.done.answerOf(visit, agenda.nowMs)
        if (answer !== undefined) {
          visit.replyBytes = answer.replyBytes
          return end
        }
        const key = keyOf(visit)
        if (this.inWork.has(key)) {
          program.fail(visit, failedAt(reasons.inProgress, block))
          return null
        }
        this.inWork.add(key)
        visit.holding = this
        return first
      },
    }
  }

  /** After the last step. */
  end(end: Op): Op {
    const { agenda } = this.setting.simulation
    return {
      run: (visit) => {
        this.letGo(visit)
        visit.holding = null
        this.done.add(visit, agenda.nowMs)
        return end
      },
    }
  }

  /** A call that failed may be done later. */
  letGo(visit: Call): void {
    this.inWork.delete(keyOf(visit))
  }
}
