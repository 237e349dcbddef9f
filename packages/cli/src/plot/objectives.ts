import type { Estimate, PromiseAnswer, TestAnswer } from '@loadpath/core'
import type { Measured } from '../print/number.ts'
import { measuredIn } from '../print/objectives.ts'
import { type Dot, dotPlot, type Panel } from './dot-plot.ts'

/** All that was measured to judge the objectives of a design, one panel for each kind of number. */
export function plotObjectives({ design, objectives }: Pick<TestAnswer, 'design' | 'objectives'>): string {
  const panels = new Map<Measured, Map<string, Dot>>()
  for (const objective of objectives) {
    const { measured, bounds, sides } = numbersOf(objective)
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

function numbersOf(objective: PromiseAnswer): Numbers {
  if ('objective' in objective) {
    const { text, bound, dimension, window } = objective.objective
    const label = (/^[^<>\s]+/.exec(text)?.[0] ?? text) + during(window)
    return { measured: measuredIn(dimension), sides: [[label, objective.measured]], bounds: [bound] }
  }
  const { left, right, dimension, window } = objective.relation
  const at = during(window)
  const sides = [[left.text + at, objective.left] as const, [right.text + at, objective.right] as const]
  return { measured: measuredIn(dimension), sides, bounds: [] }
}

function during(window: { readonly fromMs: number; readonly toMs: number } | undefined): string {
  return window === undefined ? '' : ` ${window.fromMs / 1000}–${window.toMs / 1000} s`
}
