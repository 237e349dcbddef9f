import type { Chosen } from '../../support/params.ts'
import type { Draw } from '../block.ts'
import { stepsOf } from './endpoint.ts'
import type { ServiceValues } from './params.ts'
import { stepTypes } from './steps/index.ts'

/** Expected work of one run of `list`, in ms on a core of speed 1 with this clock, Hz. */
export function workOf(list: readonly Chosen[], clockHz: number | undefined): number {
  const inside = (steps: readonly Chosen[]) => workOf(steps, clockHz)
  return list.reduce((sum, { name, values }) => sum + (stepTypes.get(name).work?.(values, inside, clockHz) ?? 0), 0)
}

/** Times that one run of `list` draws, at this clock, Hz. */
export function drawsOf(list: readonly Chosen[], clockHz: number | undefined): readonly Draw[] {
  const inside = (steps: readonly Chosen[]) => drawsOf(steps, clockHz)
  return list.flatMap(({ name, values }) => stepTypes.get(name).draws?.(values, inside, clockHz) ?? [])
}

/** Whether any step of the service gives its work in clock cycles. */
export function computesInCycles({ endpoints }: Pick<ServiceValues, 'endpoints'>): boolean {
  return Object.values(endpoints).some((endpoint) =>
    drawsOf(stepsOf(endpoint), undefined).some(({ distribution }) => distribution.unit === 'cycles'),
  )
}
