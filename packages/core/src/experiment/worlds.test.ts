import { expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import { worldsOfOneServer } from './testing-worlds.ts'

it('counts the worlds in which a percentile of one kind of request is kept', async () => {
  const { design, problems } = readObject(
    {
      loadpath: 1,
      name: 'two kinds',
      traffic: { visitors: { rate: '200/s ± 20%', requests: { quick: { to: 'web' }, slow: { to: 'web' } } } },
      blocks: { web: { type: 'service', endpoints: { quick: [{ wait: '1ms' }], slow: [{ wait: '100ms' }] } } },
      run: { for: '20s', repeat: 10, worlds: 10 },
      objectives: ['quick.p99 < 5ms', 'slow.p99 < 5ms', 'quick.p99 < 5ms from 5s to 15s'],
    },
    catalogue,
  )
  expect(problems).toEqual([])
  if (design === undefined) return
  const { objectives } = await simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
  expect(objectives.map(({ worlds }) => worlds?.met)).toEqual([10, 0, 10])
})

it('counts a measure of a block in every world in which it has the data', async () => {
  // At 72/s, the most, the p99 of the wait is ln(72) / 28 s = 153 ms.
  const { objectives } = await worldsOfOneServer('60/s ± 20%', ['web.wait-p99 < 1s'])
  expect(objectives[0]?.worlds).toMatchObject({ met: 100, inconclusive: 0, of: 100 })
})

it('gives every world its own random, and the share of worlds its interval', async () => {
  // The mean is below 25 ms up to 60/s, half of the range, and the p99 below 140 ms up to 67.1/s.
  const { objectives } = await worldsOfOneServer('60/s ± 20%', ['mean < 25ms', 'p99 < 140ms'])
  const shares = objectives.map(({ worlds }) => worlds?.share)
  for (const [i, truth] of [0.5, 0.796].entries()) {
    const share = shares[i]
    if (share?.sufficient !== true) throw new Error('too little data')
    expect([share.low < truth, truth < share.high]).toEqual([true, true])
    expect(share.high - share.low).toBeLessThan(0.22)
  }
})

it('gives an uncertain price a range of the cost', async () => {
  const answerOf = async (price: string) => {
    const { design, problems } = readObject(
      {
        loadpath: 1,
        name: 'rented',
        traffic: { visitors: { rate: '20/s ± 10%', requests: { view: { to: 'web' } } } },
        blocks: { web: { type: 'service', instances: 2, price, endpoints: { view: [{ compute: '10ms' }] } } },
        run: { for: '5s', repeat: 4, worlds: 100 },
      },
      catalogue,
    )
    expect(problems).toEqual([])
    if (design === undefined) throw new Error('the design is refused')
    return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
  }
  // Two instances at $0.90 to $1.10 an hour, uniformly: 5 to 95 % are $1.82 to $2.18.
  const { worlds } = await answerOf('$1/h ± 10%')
  const cost = worlds?.ranges.find(({ measure }) => measure === 'cost')
  expect(cost?.dimension).toBe('price')
  expect([cost?.low, cost?.high]).toEqual([expect.closeTo(1.82, 1), expect.closeTo(2.18, 1)])
  const certain = await answerOf('$1/h')
  expect(certain.worlds?.ranges.map(({ measure }) => measure)).toEqual(['mean'])
})

it('keeps the objectives of requests that do not wait for the overloaded block', async () => {
  const worker = (compute: string) => ({ type: 'service', workers: 1, endpoints: { any: [{ compute }] } })
  const { design, problems } = readObject(
    {
      loadpath: 1,
      name: 'two servers',
      traffic: {
        quick: { rate: '50/s', requests: { get: { to: 'b' } } },
        // The server carries 100/s: it is overloaded in 41 % of the worlds.
        slow: { rate: '90/s ± 60%', requests: { get: { to: 'a' } } },
      },
      blocks: { a: worker('exponential 10ms'), b: worker('exponential 10ms') },
      run: { worlds: 20 },
      objectives: ['quick.mean < 100ms', 'slow.mean < 100s', 'mean < 100s'],
    },
    catalogue,
  )
  expect(problems).toEqual([])
  if (design === undefined) return
  const { worlds, objectives } = await drawnOf(design)
  expect(objectives[0]).toMatchObject({ met: 20, inconclusive: 0 })
  expect(objectives[1]?.met).toBeGreaterThan(9)
  expect(objectives[1]?.met).toBeLessThan(14)
  expect(objectives[2]?.met).toBe(objectives[1]?.met)
  expect(worlds?.ranges.find(({ measure }) => measure === 'mean')?.high).toBe(Number.POSITIVE_INFINITY)
})

async function drawnOf(design: Parameters<typeof simulate>[0]) {
  const { worlds, objectives } = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  return { worlds, objectives: objectives.map((objective) => objective.worlds) }
}
