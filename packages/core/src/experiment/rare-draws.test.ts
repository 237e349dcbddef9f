import { expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

const design = (block: string, load = '7/s') => `loadpath: 1
name: heavy work
traffic: { source: { rate: ${load}, requests: { get: { to: server } } } }
blocks:
  server: ${block}
run: { limit: { events: 4M } }
`

async function answerOf(block: string, load?: string) {
  const { design: read, problems } = readDesign(design(block, load), catalogue)
  if (read === undefined) throw new Error(problems.map(({ message }) => message).join())
  return simulate(read, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
}

const oneLine = (law: string) => `{ type: service, workers: 1, cores: 1, endpoints: { get: [{ compute: ${law} }] } }`
const least = (values: { atLeast?: number } | undefined) => values?.atLeast ?? Number.NaN

// Pollaczek and Khinchin: 100 ms of work and 7/s · E[S²] / (2 · 0.3) of waiting, E[S²] = 0.0018 s² and 0.0327 s² for these laws.
it.each([
  ['shape 2.5', '{ law: pareto, mean: 100ms, shape: 2.5 }', 310],
  ['shape 2.2', '{ law: pareto, mean: 100ms, shape: 2.2 }', 481.8],
])('the mean wait of Pareto work of %s is not given: rare values carry too much of it', async (_name, law, right) => {
  const { requests, blocks } = await answerOf(oneLine(law))
  const [all] = requests
  const reason = expect.stringMatching(/^about \d+(\.\d)? % of it comes from draws too rare to be seen$/)
  expect(all?.mean).toMatchObject({ enough: false, reason, atLeast: expect.any(Number) })
  expect(least(all?.mean as { atLeast?: number })).toBeLessThan(right)
  const [server] = blocks
  for (const mean of [server?.mean, server?.inside, server?.waitMean, server?.queues[0]?.mean]) {
    expect(mean).toMatchObject({ enough: false, reason })
  }
  expect(all?.percentiles.find(({ percentile }) => percentile === 99)?.estimate.enough).toBe(true)
  expect(server?.arrivedPerSecond.enough).toBe(true)
})

it('the wait behind a line that waits for heavy work is not given either, that of another is', async () => {
  const { blocks } = await answerOf(
    `{ type: service, workers: 2, cores: 2, endpoints: { get: [{ call: other }, { call: heavy }] } }
  other: ${oneLine('exponential 20ms')}
  heavy: ${oneLine('{ law: pareto, mean: 100ms, shape: 2.2 }')}`,
    '6/s',
  )
  expect(Object.fromEntries(blocks.map(({ name, waitMean }) => [name, waitMean.enough]))).toEqual({
    heavy: false,
    other: true,
    server: false,
  })
})

it.each([
  ['is bounded', oneLine('{ law: pareto, mean: 100ms, shape: 2.2, max: 2s }')],
  ['is exponential', oneLine('exponential 100ms')],
  ['is log-normal', oneLine('{ law: lognormal, mean: 100ms, cv: 1.5 }')],
  // Shared cores: the mean response depends on the mean work alone.
  [
    'shares cores',
    '{ type: service, cores: 1, endpoints: { get: [{ compute: { law: pareto, mean: 100ms, shape: 2.5 } }] } }',
  ],
])('the mean is given where the work %s', async (_name, block) => {
  const { requests } = await answerOf(block, '5/s')
  expect(requests[0]?.mean.enough).toBe(true)
})

it('the wait of a source for a connection to a block with heavy work is not given either', async () => {
  const { requests } = await answerOf(
    `{ type: database, connections: 2, cores: 2, read: { law: pareto, mean: 100ms, shape: 2.2 } }`,
    '12/s',
  )
  expect(requests[0]?.mean.enough).toBe(false)
})
