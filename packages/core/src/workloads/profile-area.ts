import type { Profile } from './shapes/shape.ts'

/** The integral of the factor of a profile between two moments from 0 on, in ms. */
export function profileArea(profile: Profile, fromMs: number, toMs: number): number {
  return areaUntil(profile, toMs) - areaUntil(profile, fromMs)
}

function areaUntil(profile: Profile, ms: number): number {
  const { periodMs } = profile
  if (periodMs === undefined) return areaOfOne(profile, ms)
  const periods = Math.floor(ms / periodMs)
  return periods * areaOfOne(profile, periodMs) + areaOfOne(profile, ms - periods * periodMs)
}

/** From 0, within one period: straight lines between corners, constant before the first and after the last. */
function areaOfOne({ timesMs, factors }: Profile, ms: number): number {
  const [firstMs = 0, first = 1] = [timesMs[0], factors[0]]
  let area = Math.max(0, Math.min(ms, firstMs)) * first
  for (let i = 0; i + 1 < timesMs.length; i++) {
    const [beginMs, endMs] = [timesMs[i] as number, timesMs[i + 1] as number]
    const [begin, end] = [Math.max(0, beginMs), Math.min(ms, endMs)]
    if (end <= begin) continue
    const slope = ((factors[i + 1] as number) - (factors[i] as number)) / (endMs - beginMs)
    const middleMs = (begin + end) / 2 - beginMs
    area += (end - begin) * ((factors[i] as number) + slope * middleMs)
  }
  const lastMs = Math.max(0, timesMs.at(-1) ?? 0)
  return area + Math.max(0, ms - lastMs) * (factors.at(-1) ?? 1)
}
