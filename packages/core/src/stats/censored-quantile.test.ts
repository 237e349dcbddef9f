import { describe, expect, it } from 'vitest'
import { Stream } from '../kernel/random.ts'
import { censoredQuantileInterval, noAnswerYet } from './censored-quantile.ts'
import { endsOf } from './estimate.ts'
import { LatencyHistogram } from './histogram.ts'
import { merged, quantileInterval } from './quantile-interval.ts'

/** Ten replications of so many requests, in order of arrival; `cut` of them, from the first to the last, are open at that age. */
function replications(
  latencies: (request: number) => number,
  cut: (request: number, latency: number) => number | null,
) {
  return Array.from({ length: 10 }, (_, replication) => {
    const [whole, known] = [new LatencyHistogram(), new LatencyHistogram()]
    for (let i = 0; i < 2000; i += 1) {
      const latency = latencies(replication * 2000 + i)
      const age = cut(i, latency)
      whole.record(latency)
      if (age === null) known.record(latency)
      else known.recordOpen(age)
    }
    return { whole, known }
  })
}
const exponential = () => {
  const stream = new Stream(1, 0, 'latencies')
  const drawn = Array.from({ length: 20_000 }, () => -10 * Math.log(stream.next()))
  return (request: number) => drawn[request] as number
}

describe('a quantile of which some observations are open', () => {
  it('equals the ordinary quantile if no observation is open', () => {
    const runs = replications(exponential(), () => null)
    const known = runs.map((one) => one.known)
    expect(censoredQuantileInterval(known, 0.9)).toEqual(quantileInterval(known, 0.9))
  })

  it('has an interval that contains the final quantile, whatever the outcome of the open observations', () => {
    // The last ten of each replication have arrived less than 1 ms before the end.
    const runs = replications(exponential(), (i, latency) => (i < 1990 || latency < 0.5 ? null : 0.5))
    for (const q of [0.5, 0.9, 0.99]) {
      const found = endsOf(
        censoredQuantileInterval(
          runs.map(({ known }) => known),
          q,
        ),
      )
      const answered = merged(runs.map(({ whole }) => whole)).quantile(q)
      const never = merged(runs.map(({ known }) => known.ifNeverAnswered())).quantile(q)
      expect(found.low).toBeLessThan(answered)
      expect(found.high).toBeGreaterThan(Math.max(answered, never))
      expect(found.high).toBeLessThan(Infinity)
    }
  })

  it('is at least the age if it falls among the open observations', () => {
    // A tenth arrived while nothing was answered any more, and has waited up to 100 ms.
    const runs = replications(exponential(), (i) => (i < 1800 ? null : (2000 - i) / 2))
    const known = runs.map((one) => one.known)
    const found = censoredQuantileInterval(known, 0.95)
    const { low } = endsOf(quantileInterval(known, 0.95))
    expect(found).toEqual({
      sufficient: false,
      reason: '10 % of the requests have no answer yet',
      replications: 10,
      atLeast: low,
    })
    expect(low).toBeGreaterThan(40)
    expect(censoredQuantileInterval(known, 0.85).sufficient).toBe(true)
  })

  it('is unanswered if failures alone decide', () => {
    const known = replications(exponential(), (i) => (i < 1990 ? null : 1)).map((one) => one.known)
    for (const one of known) one.recordUnanswered(400)
    expect(censoredQuantileInterval(known, 0.9)).toMatchObject({ point: Infinity, high: Infinity })
  })
})

it('names the share of open observations in at most two digits', () => {
  expect([noAnswerYet(0.8012), noAnswerYet(0.0005), noAnswerYet(0.023, 'calls')]).toEqual([
    '80 % of the requests have no answer yet',
    '0.05 % of the requests have no answer yet',
    '2.3 % of the calls have no answer yet',
  ])
})
