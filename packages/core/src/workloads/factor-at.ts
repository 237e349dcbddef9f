import type { Profile } from './shapes/shape.ts'

/** The factor of a profile at a moment, ms; at a jump that after it. */
export function factorAt({ timesMs, factors, periodMs }: Profile, ms: number): number {
  const at = periodMs === undefined ? ms : ms % periodMs
  const next = timesMs.findIndex((timeMs) => timeMs > at)
  if (next === 0) return factors[0] ?? 1
  if (next < 0) return factors.at(-1) ?? 1
  const [fromMs, toMs] = [timesMs[next - 1] as number, timesMs[next] as number]
  const [from, to] = [factors[next - 1] as number, factors[next] as number]
  return from + ((to - from) * (at - fromMs)) / (toMs - fromMs)
}

/** Corners of a profile between two moments, in the first period of them. */
export function cornersWithin({ timesMs, periodMs }: Profile, fromMs: number, toMs: number): readonly number[] {
  const begun = periodMs === undefined ? 0 : Math.floor(fromMs / periodMs)
  const periods = periodMs === undefined ? [0] : [begun * periodMs, (begun + 1) * periodMs]
  return periods.flatMap((startMs) => timesMs.map((ms) => startMs + ms)).filter((ms) => ms > fromMs && ms < toMs)
}
