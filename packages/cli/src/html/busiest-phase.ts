import type { Answer, BlockAnswer, CurveAnswer, PhaseAnswer } from '@loadpath/core'

/** The utilization of the fullest resource of a block, in the phase in which it is highest. */
export interface Busiest {
  readonly resource: string
  readonly share: number
  /** Absent if the mean of the whole run is shown. */
  readonly phase?: Pick<PhaseAnswer, 'fromMs' | 'toMs'>
}

type Resource = BlockAnswer['resources'][number]

/** Returns the fullest resource of a block, in its busiest phase if the run has phases; null if none has a limit. */
export function busiestPhase(answer: Answer, { name, resources }: BlockAnswer): Busiest | null {
  const { bottleneck, phases, pictures } = answer
  const limited = resources.filter(({ isRoom }) => !isRoom)
  const [fullest] = limited.toSorted((a, b) => shareOf(b) - shareOf(a))
  if (fullest?.utilization.sufficient !== true) return null
  const whole: Busiest = { resource: fullest.name, share: fullest.utilization.point }
  if (bottleneck?.block === name && bottleneck.phase !== undefined) {
    return { resource: bottleneck.resource, share: bottleneck.utilization, phase: bottleneck.phase }
  }
  const found = pictures?.overTime ?? null
  const curves = found?.blocks.find((block) => block.name === name)?.resources ?? []
  const byPhase = curves
    .filter((curve) => limited.some((resource) => resource.name === curve.name))
    .flatMap((curve) =>
      phases.flatMap(({ fromMs, toMs }): readonly Busiest[] => {
        const share = meanWithin(curve.utilization, found?.edgesMs ?? [], fromMs, toMs)
        return share === null ? [] : [{ resource: curve.name, share, phase: { fromMs, toMs } }]
      }),
    )
  return [whole, ...byPhase].reduce((most, one) => (one.share > most.share + leastDifference ? one : most))
}

/** A phase whose utilization differs less is printed as the whole run. */
const leastDifference = 0.005

function shareOf({ utilization }: Resource): number {
  return utilization.sufficient ? utilization.point : -1
}

/** Returns the mean of the slices of a phase by their length, or null if none has a value. */
function meanWithin({ point }: CurveAnswer, edgesMs: readonly number[], fromMs: number, toMs: number): number | null {
  let sum = 0
  let lengthMs = 0
  point.forEach((value, i) => {
    const begin = Math.max(fromMs, edgesMs[i] ?? 0)
    const end = Math.min(toMs, edgesMs[i + 1] ?? 0)
    if (value === null || !Number.isFinite(value) || end <= begin) return
    sum += value * (end - begin)
    lengthMs += end - begin
  })
  return lengthMs > 0 ? Math.min(1, sum / lengthMs) : null
}
