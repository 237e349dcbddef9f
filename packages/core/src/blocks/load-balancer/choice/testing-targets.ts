import { Stream } from '../../../kernel/random.ts'
import type { Choice, Targets } from './choice.ts'

/** Targets that answer when told to, and a choice among them. */
export class TestingTargets {
  readonly shown: { -readonly [K in keyof Targets]: Targets[K] }
  private readonly chooser
  private readonly stream: Stream

  constructor(choice: Choice, values: Readonly<Record<string, unknown>>, weights: readonly number[]) {
    const available = weights.map((_, target) => target)
    this.shown = { count: weights.length, weights, outstanding: new Int32Array(weights.length), available }
    this.stream = new Stream(1, 0, 'choice')
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
    this.chooser.onTargets?.()
  }

  /** Chooses without sending anything. */
  choose(): number {
    return this.chooser.choose(this.stream)
  }

  send(): number {
    const target = this.choose()
    this.outstanding[target] = (this.outstanding[target] ?? 0) + 1
    this.chooser.onSent?.(target)
    return target
  }

  answer(target: number): void {
    if ((this.outstanding[target] ?? 0) === 0) return
    this.outstanding[target] = (this.outstanding[target] ?? 0) - 1
    this.chooser.onDone?.(target, 1)
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
