import type { Estimate, PromiseAnswer, TestAnswer } from '@loadpath/core'
import type { Measured } from '../print/number.ts'
import { measuredIn } from '../print/objectives.ts'
import { type Dot, dotPlot, type Panel } from './dot-plot.ts'

/** All that was measured to judge the promises of a design, one panel for each kind of number. */
export function plotPromises({ design, promises }: Pick<TestAnswer, 'design' | 'promises'>): string {
  const panels = new Map<Measured, Map<string, Dot>>()
  for (const promise of promises) {
    const { measured, bounds, sides } = numbersOf(promise)
    const dots = panels.get(measured) ?? new Map<string, Dot>()
    panels.set(measured, dots)
    for (const [label, estimate] of sides) {
      const earlier = dots.get(label)?.bounds ?? []
      dots.set(label, { label, estimate, bounds: [...earlier, ...bounds] })
    }
  }
  const drawn = [...panels].map(([measured, dots]): Panel => ({ measured, dots: [...dots.values()] }))
  return dotPlot(`${design}: what was measured, with 95 % intervals`, drawn)
}

interface Numbers {
  readonly measured: Measured
  readonly sides: readonly (readonly [label: string, estimate: Estimate])[]
  readonly bounds: readonly number[]
}

function numbersOf(promise: PromiseAnswer): Numbers {
  if ('objective' in promise) {
    const { text, bound, dimension, window } = promise.objective
    const label = (/^[^<>\s]+/.exec(text)?.[0] ?? text) + during(window)
    return { measured: measuredIn(dimension), sides: [[label, promise.measured]], bounds: [bound] }
  }
  const { left, right, dimension, window } = promise.relation
  const at = during(window)
  const sides = [[left.text + at, promise.left] as const, [right.text + at, promise.right] as const]
  return { measured: measuredIn(dimension), sides, bounds: [] }
}

function during(window: { readonly fromMs: number; readonly toMs: number } | undefined): string {
  return window === undefined ? '' : ` ${window.fromMs / 1000}–${window.toMs / 1000} s`
}
