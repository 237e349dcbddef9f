import type { Agenda, Frame } from '../../kernel/agenda.ts'
import type { CallResult } from './choice/choice.ts'
import { type Rotation, shut } from './rotation.ts'

export interface EjectionValues {
  readonly fails: number
  readonly for: number
  readonly max: number
}

/** An ejection lasts no longer, however often a target was ejected. Source: Envoy `max_ejection_time` 300 s. */
export const longestMs = 300_000

/** A target that has been back for this long is ejected for one unit less. Source: Envoy `interval` 10 s. */
const forgetMs = 10_000

/** What is known of one target. */
class Record implements Frame {
  generation = 0
  readonly ejection: Ejection
  readonly target: number
  failsInRow = 0
  /** How many times the basic time the last ejection lasted. */
  times = 0
  backSinceMs = 0

  constructor(ejection: Ejection, target: number) {
    this.ejection = ejection
    this.target = target
  }
}

/**
 * Passive outlier detection: takes a target out after so many failures in a row, for a time that grows with each ejection,
 * and never more than a share of all targets at once. Source: Envoy, "Outlier detection", consecutive 5xx.
 */
export class Ejection {
  /** Ejections so far. */
  ejected = 0
  private out = 0
  private readonly agenda: Agenda
  private readonly values: EjectionValues
  private readonly rotation: Rotation
  private readonly records: readonly Record[]
  private readonly onBack: (target: number) => void

  constructor(agenda: Agenda, values: EjectionValues, rotation: Rotation, onBack: (target: number) => void) {
    this.agenda = agenda
    this.values = values
    this.rotation = rotation
    this.onBack = onBack
    this.records = Array.from({ length: rotation.count }, (_, target) => new Record(this, target))
  }

  onDone(target: number, { ok }: CallResult): void {
    const record = this.records[target] as Record
    if (ok) {
      record.failsInRow = 0
      return
    }
    record.failsInRow++
    const isOut = this.rotation.isShut(target, shut.ejected)
    if (isOut || record.failsInRow < this.values.fails) return
    if (this.out + 1 > this.values.max * this.rotation.present) return
    this.eject(record)
  }

  private eject(record: Record): void {
    const { nowMs } = this.agenda
    const forgiven = Math.floor((nowMs - record.backSinceMs) / forgetMs)
    record.times = Math.max(0, record.times - forgiven) + 1
    record.failsInRow = 0
    this.out++
    this.ejected++
    this.agenda.after(Math.min(longestMs, this.values.for * record.times), Ejection.over, record)
    this.rotation.set(record.target, shut.ejected, true)
  }

  private static over(record: Record): void {
    const { ejection, target } = record
    ejection.out--
    record.failsInRow = 0
    record.backSinceMs = ejection.agenda.nowMs
    ejection.onBack(target)
    ejection.rotation.set(target, shut.ejected, false)
  }
}
