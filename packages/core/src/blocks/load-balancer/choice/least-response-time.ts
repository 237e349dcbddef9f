import { share } from '../../../support/params.ts'
import { choice } from './choice.ts'
import { leastCost } from './least-cost.ts'

/** Cost of a target that has calls outstanding and has never answered: above that of any target that has. */
const unansweredMs = 1e9

export const leastResponseTime = choice({
  name: 'least-response-time',
  title: 'Least response time',
  summary:
    'The target with the lowest average response time × (calls outstanding + 1). Each answer moves the average; a target that has never answered gets one call first.',
  source:
    'Citrix NetScaler, "Least response time method": active transactions × average time to first byte; Angie `least_time` with `response_time_factor`',
  goodFor: 'targets of different speed: it learns which are fast',
  costs: 'a target that fails fast draws traffic; a slow average is corrected only by the calls that still go there',
  seenIn: ['nginx Plus `least_time`', 'Angie `least_time`', 'Citrix `LEASTRESPONSETIME`', 'F5 `fastest`'],
  aliases: ['least-time', 'fastest', 'lrt'],
  params: {
    smoothing: share({
      meaning: 'share of the average that remains when an answer comes',
      default: '90%',
      max: 0.999,
      source: 'Angie `response_time_factor 90`',
    }),
  },
  example: { type: 'least-response-time', smoothing: '80%' },
  create({ smoothing }, targets) {
    const averageMs = new Float64Array(targets.count).fill(Number.NaN)
    const pick = leastCost(targets, (target) => {
      const calls = targets.outstanding[target] as number
      const costMs = averageMs[target] as number
      return Number.isNaN(costMs) ? calls * unansweredMs : costMs * (calls + 1)
    })
    return {
      choose: (_call, nowMs, random) => pick(nowMs, random),
      onDone(target, { tookMs }) {
        const costMs = averageMs[target] as number
        averageMs[target] = Number.isNaN(costMs) ? tookMs : costMs * smoothing + tookMs * (1 - smoothing)
      },
    }
  },
})
