import type { Instance } from '../blocks/block.ts'
import type { Frame, Handler } from '../kernel/agenda.ts'
import { Stream } from '../kernel/random.ts'
import type { Fault, Scene } from './fault.ts'

/** Something that a fault has done to an instance. */
export interface Act {
  /** When, rounded to the ns; -1 if before the run. */
  readonly atMs: number
  readonly instance: number
  readonly state: 'well' | 'down' | 'paused' | `${number} times as slow`
}

interface Due {
  readonly timeMs: number
  readonly happen: () => void
}

/** Instances that only note what is done to them, and the chance of each. */
class TestingScene implements Scene {
  readonly acts: Act[] = []
  readonly instances: readonly Instance[]
  private readonly seeds: readonly number[]
  private due: Due[] = []
  private nowMs = -1

  constructor(seeds: readonly number[]) {
    this.seeds = seeds
    this.instances = seeds.map((_, instance) => this.noting(instance))
  }

  readonly agenda = {
    at: <F extends Frame>(timeMs: number, step: Handler<F>, frame: F): void => {
      this.due.push({ timeMs, happen: () => step(frame) })
    },
  }

  stream(instance: number): Stream {
    return new Stream(this.seeds[instance] as number, 0, `fault on ${instance}`)
  }

  run(untilMs: number): void {
    for (;;) {
      const next = this.due.reduce<Due | undefined>(
        (first, one) => (first && first.timeMs <= one.timeMs ? first : one),
        undefined,
      )
      if (next === undefined || next.timeMs > untilMs) return
      this.due = this.due.filter((one) => one !== next)
      this.nowMs = next.timeMs
      next.happen()
    }
  }

  private noting(instance: number): Instance {
    const note = (state: Act['state']) => this.acts.push({ atMs: Math.round(this.nowMs * 1e6) / 1e6, instance, state })
    return {
      crash: () => void note('down'),
      restart: () => void note('well'),
      slow: (factor) => void note(factor === 1 ? 'well' : `${factor} times as slow`),
      pause: (paused) => void note(paused ? 'paused' : 'well'),
    }
  }
}

/** What a fault does until `untilMs` to as many instances as there are seeds, each under the chance of its own seed. */
export function actsOf(
  member: Fault,
  values: Readonly<Record<string, unknown>>,
  seeds: readonly number[],
  untilMs: number,
): readonly Act[] {
  const scene = new TestingScene(seeds)
  member.schedule(values, scene)
  scene.run(untilMs)
  return scene.acts
}
