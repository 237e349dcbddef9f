import { expect, test } from 'vitest'
import { type Estimate, exactly } from '../stats/estimate.ts'
import { RequestReader } from './request-reader.ts'
import type { RunResults, Selection } from './run-results.ts'

const all: Selection = { kinds: [0], cells: [0] }
type Found = ReturnType<RunResults['quantile']>

/** RunResults of which only percentiles are read. */
function found(quantile: Found, estimate?: Estimate): RunResults {
  const plan = { endMs: 1000 }
  const own = { plan, measured: [0], replications: 20, quantile: () => quantile, percentile: () => estimate }
  return own as unknown as RunResults
}

/** The p95 of a design, of 100.4–101.6 ms, beside that of longer runs. */
function p95(by5: Found, by20: Found, growing: string | null = null) {
  const own: Estimate = { ...exactly(101.2, 20), low: 100.4, high: 101.6 } as Estimate
  const run = (quantile: Found) => ({ results: found(quantile), beside: null, overloaded: false, growing })
  const reader = new RequestReader(found(null, own), { by5: run(by5), by20: run(by20) }, new Set())
  return reader.percentiles(all, [95])[0]
}

const known = (ms: number): Found => ({ ms, isKnown: true })

test('rounding to buckets never makes a percentile shorter with longer work', () => {
  expect(p95(known(101), known(100.9))).toMatchObject({
    serviceTimePlus5: 101.2,
    serviceTimePlus20: 101.2,
    serviceTimePlusUnknown: null,
  })
  expect(p95(known(105), known(104.8))).toMatchObject({ serviceTimePlus5: 105, serviceTimePlus20: 105 })
})

test('a percentile that falls with longer work, because more is rejected, is reported as it is', () => {
  expect(p95(known(80), known(60))).toMatchObject({ serviceTimePlus5: 80, serviceTimePlus20: 60 })
})

test('a percentile is near the knee only where a resource is at least half full, or longer work overloads it', () => {
  const reader = (isLoaded: boolean, by20: Found, overloaded = false) => {
    const own: Estimate = { ...exactly(100, 20), low: 99, high: 101 } as Estimate
    const run = (quantile: Found, isOver: boolean) => ({
      results: found(quantile),
      beside: null,
      overloaded: isOver,
      growing: null,
    })
    const longer = { by5: run(known(105), false), by20: run(by20, overloaded) }
    return new RequestReader(found(null, own), longer, new Set(), isLoaded).percentiles(all, [95])[0]?.nearKnee
  }
  expect([reader(true, known(170)), reader(false, known(170))]).toEqual([true, false])
  expect([reader(true, known(140)), reader(false, known(100), true)]).toEqual([false, true])
})

test('a percentile that is unknown with longer work has a reason', () => {
  expect(p95(known(105), null, 'jobs')).toMatchObject({
    serviceTimePlus5: 105,
    serviceTimePlus20: null,
    serviceTimePlusUnknown:
      'the backlog at jobs grows without limit, and the run ends before enough observations lie beyond the percentile',
    nearKnee: false,
  })
  expect(p95(null, null)).toMatchObject({
    serviceTimePlus5: null,
    serviceTimePlusUnknown: 'too few observations lie beyond the percentile',
  })
  const open = p95(known(105), { ms: 400, isKnown: false })
  expect(open).toMatchObject({
    serviceTimePlus20: null,
    serviceTimePlusUnknown:
      'too many requests have no answer at the end of replications as long as those of the design',
    nearKnee: true,
  })
})
