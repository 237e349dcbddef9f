import { describe, expect, it } from 'vitest'
import { flowsBeforeStart } from '../before-run/flows.ts'
import { runKind } from '../before-run/run-kind.ts'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { steadyBefore } from './lead-in.ts'
import { atLoad } from './load.ts'
import { peakWithin } from './peak.ts'
import { phasesOf, terminatingPlan } from './plan.ts'
import { replicate } from './replicate.ts'

const web = 'web: { type: service, workers: 100, endpoints: { any: [{ wait: 10ms }] } }'

function read(source: string, { run = '', blocks = web, others = '' } = {}) {
  const text = `loadpath: 1\nname: spans\ntraffic:\n  readers: { ${source}, requests: { get: { to: web } } }\n${others}blocks:\n  ${blocks}\n${run}`
  const { design, problems } = readDesign(text, catalogue)
  return { design, said: problems.map(({ code, path }) => `${code} ${path}`) }
}

function designOf(source: string, options = {}) {
  const { design, said } = read(source, options)
  if (design === undefined) throw new Error(said.join('; '))
  return design
}

/** Requests that arrive in each cell of a run of 10 s, with an edge at each moment of the design. */
function arrivals(source: string, options: { leadInMs?: number; cellsMs?: readonly number[] } = {}): readonly number[] {
  const design = designOf(source)
  const planned = terminatingPlan(design, 10_000)
  const plan = { ...planned, cellStartsMs: options.cellsMs ?? planned.cellStartsMs, leadInMs: options.leadInMs }
  const limits = { events: 1e6, inside: 1e6, wallMs: 1e6 }
  const found = replicate({ design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null })
  return (found.kinds[0] ?? []).map(({ offered }) => offered)
}

describe('a source that begins later and ends', () => {
  it('sends nothing outside its span', () => {
    const found = arrivals('rate: 1000/s, arrival: regular, at: 2s, for: 3s')
    expect(found[0]).toBe(0)
    expect(found[1]).toBeGreaterThan(2990)
    expect(found[1]).toBeLessThanOrEqual(3000)
    expect(found[2]).toBe(0)
  })

  it('keeps the time of its shape, which begins at 0 s', () => {
    const steps = 'shape: { type: steps, steps: [{ at: 4s, factor: 3 }] }'
    const [before, first, second] = arrivals(`rate: 100/s, arrival: regular, at: 2s, ${steps}`, {
      cellsMs: [0, 2000, 4000],
    })
    expect(before).toBe(0)
    expect(first).toBeCloseTo(200, -1)
    expect(second).toBeCloseTo(1800, -1)
  })

  it('keeps the time of a periodic shape', () => {
    const day = 'shape: { type: diurnal, period: 8s, peak: 2, trough: 0, peak-at: 4s }'
    const whole = arrivals(`rate: 1000/s, arrival: regular, ${day}`, { cellsMs: [0, 3000, 6000] })
    const later = arrivals(`rate: 1000/s, arrival: regular, at: 3s, ${day}`, { cellsMs: [0, 3000, 6000] })
    expect(later[0]).toBe(0)
    expect(Math.abs((later[1] as number) - (whole[1] as number))).toBeLessThan(3)
    expect(Math.abs((later[2] as number) - (whole[2] as number))).toBeLessThan(3)
  })

  it('sends in the lead-in only if it does not begin within the run', () => {
    expect(arrivals('rate: 100/s, at: 2s', { leadInMs: 5000, cellsMs: [0, 2000] })[0]).toBe(0)
    const before = (source: string) =>
      steadyBefore(designOf(source, { run: 'run: { start: warmed }' })) as Exclude<
        ReturnType<typeof steadyBefore>,
        'replay' | null
      >
    expect(before('rate: 100/s, at: 2s').sources[0]?.values).toMatchObject({ rate: 0, at: undefined })
    expect(before('rate: 100/s, for: 2s').sources[0]?.values).toMatchObject({ rate: 100, for: undefined })
    expect(before('users: 5, at: 2s').sources[0]?.values).toMatchObject({ rate: 0, users: undefined })
  })

  it('makes the run terminating, with a phase for its begin and end', () => {
    const design = designOf('rate: 100/s, at: 40s, for: 60s')
    expect(runKind(design)).toMatchObject({ kind: 'terminating', lengthMs: 150_000 })
    expect(phasesOf(design, 150_000).map(({ label, fromMs }) => [label, fromMs])).toEqual([
      ['before', 0],
      ['start of readers', 40_000],
      ['end of readers', 100_000],
    ])
  })

  it('warms no cache before it begins', () => {
    expect(flowsBeforeStart(designOf('rate: 100/s, at: 1s'))).toEqual([])
    expect(flowsBeforeStart(designOf('rate: 100/s, for: 1s'))).toHaveLength(1)
  })

  it('counts towards the peak load only while it sends', () => {
    const others = '  others: { rate: 100/s, requests: { get: { to: web } } }\n'
    const blocks = 'web: { type: service, endpoints: { any: [{ compute: 1ms }] } }'
    const design = designOf('rate: 300/s, at: 5s', { others, blocks })
    const at = { block: 'web', resource: 'cores', fromMs: 0, toMs: 10_000 }
    // 100/s for 5 s, then 400/s: 1.6 times the mean of 250/s.
    expect(peakWithin(design, at)).toBeCloseTo(1.6, 6)
  })
})

describe('a count', () => {
  it.each([
    ['with a rate is so many in all', 'rate: 100/s, count: 250', [250]],
    ['with users is so many in all', 'users: 10, think: 100ms, count: 250', [250]],
    ['alone comes at once', 'count: 250, at: 2s', [0, 250]],
  ])('%s', (_, source, expected) => {
    expect(arrivals(source)).toEqual(expected)
  })

  it('lasts as long as its requests are expected to take, and half as long again', () => {
    expect(runKind(designOf('rate: 10/s, count: 1000'))).toMatchObject({ kind: 'terminating', lengthMs: 150_000 })
  })

  it('sends all requests at its time `at`', () => {
    expect(arrivals('count: 250, at: 2s', { cellsMs: [0, 1999.999, 2000.001] })).toEqual([0, 250, 0])
  })
})

describe('a job', () => {
  it('sends its count each time until it ends', () => {
    const found = arrivals('every: 2s, count: 7, at: 1s, for: 5s', { cellsMs: [0, 1000, 3000, 5000, 7000] })
    expect(found).toEqual([0, 7, 7, 7, 0])
  })

  it('sends nothing at the very end of the run', () => {
    expect(arrivals('every: 5s, count: 3', { cellsMs: [0, 5000] })).toEqual([3, 3])
  })

  it('sends one request each time where no count is given', () => {
    expect(arrivals('every: 4s', { cellsMs: [0, 4000, 8000] })).toEqual([1, 1, 1])
  })

  it('sends more requests under a larger load', () => {
    expect(atLoad(designOf('every: 4s, count: 10'), 2.5).sources[0]?.values.count).toBe(25)
    expect(atLoad(designOf('rate: 100/s, count: 10'), 2.5).sources[0]?.values).toMatchObject({ rate: 250, count: 10 })
  })
})

describe('users', () => {
  it('start together', () => {
    const found = arrivals('users: 50, think: 100s, start: together, at: 2s', { cellsMs: [0, 2000, 2001] })
    expect(found[0]).toBe(0)
    expect(found[1]).toBe(50)
  })

  it('start evenly over a time', () => {
    const found = arrivals('users: 50, think: 10000s, start: 5s', { cellsMs: [0, 1000, 2000, 4000, 5000] })
    expect(found).toEqual([10, 10, 20, 10, 0])
  })

  it('begin no request after the end', () => {
    const found = arrivals('users: 50, think: 100ms, for: 2s')
    expect(found[0]).toBeGreaterThan(500)
    expect(found[1]).toBe(0)
  })
})

describe('contradicting fields of a source are refused', () => {
  it.each([
    ['every: 1s, rate: 5/s', 'conflicting-fields readers.every'],
    ['rate: 5/s, start: together', 'conflicting-fields readers.start'],
    ['count: 5, for: 1s', 'conflicting-fields readers.for'],
    ['count: 5, shape: { type: spike, at: 1s, for: 1s, factor: 2 }', 'shape-of-closed-loop readers.shape'],
    ['at: 1s', 'open-or-closed readers'],
  ])('%s', (source, expected) => expect(read(source).said).toContain(expected))
})
