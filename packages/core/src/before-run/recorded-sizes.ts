import type { Flow } from './flows.ts'

/** Sizes of what these flows request, by key from 1: null unless all their keys are of one trace, and it tells them. */
export function recordedSizes(flows: readonly Flow[]): Float64Array | null {
  const asking = flows.filter(({ key, replayed }) => key !== undefined || replayed !== undefined)
  const [trace, ...others] = new Set(asking.map(({ replayed }) => replayed?.values.replay))
  return others.length === 0 ? (trace?.sizes ?? null) : null
}
