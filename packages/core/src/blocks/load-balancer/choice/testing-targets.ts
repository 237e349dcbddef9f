import { Stream } from '../../../kernel/random.ts'
import type { CallInfo, Choice, Targets } from './choice.ts'

/** Targets that answer when told to, and a choice among them. Every call has a key and a client of its own. */
export class TestingTargets {
  readonly shown: { -readonly [K in keyof Targets]: Targets[K] }
  nowMs = 0
  private readonly chooser
  private readonly stream: Stream
  private readonly keys: Stream

  constructor(choice: Choice, values: Readonly<Record<string, unknown>>, weights: readonly number[], salt = 1) {
    this.stream = new Stream(salt, 0, 'choice')
    this.keys = new Stream(salt, 0, 'keys')
    const available = weights.map((_, target) => target)
    this.shown = { count: weights.length, weights, outstanding: new Int32Array(weights.length), available, salt }
    this.chooser = choice.create(values, this.shown)
  }

  get available(): readonly number[] {
    return this.shown.available
  }

  get outstanding(): Int32Array {
    return this.shown.outstanding
  }

  makeAvailable(targets: readonly number[]): void {
    this.shown.available = targets
    this.chooser.onTargets?.(targets)
  }

  /** A call for a key, from a client of the same number; drawn if not given. */
  private callFor(key: number = this.keys.below(1e9)): CallInfo {
    return { key, session: key, client: key, priority: 5 }
  }

  /** Chooses without sending anything. */
  choose(key?: number): number {
    return this.chooser.choose(this.callFor(key), this.nowMs, this.stream)
  }

  send(key?: number): number {
    const target = this.choose(key)
    this.outstanding[target] = (this.outstanding[target] ?? 0) + 1
    this.chooser.onSent?.(target, this.nowMs)
    return target
  }

  answer(target: number, tookMs = 1, ok = true): void {
    if ((this.outstanding[target] ?? 0) === 0) return
    this.outstanding[target] = (this.outstanding[target] ?? 0) - 1
    this.chooser.onDone?.(target, { ok, definite: ok, tookMs }, this.nowMs)
  }

  /** The targets of `calls`, each answered before the next is sent. */
  sendAndAnswer(calls: number): readonly number[] {
    return Array.from({ length: calls }, () => {
      const target = this.send()
      this.answer(target)
      return target
    })
  }

  /** How often each target is among those chosen. */
  countsOf(chosen: readonly number[]): readonly number[] {
    const counts = this.shown.weights.map(() => 0)
    for (const target of chosen) counts[target] = (counts[target] ?? 0) + 1
    return counts
  }
}
