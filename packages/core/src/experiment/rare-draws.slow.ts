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
run: { bounds: { events: 4M } }
`

const answerOf = (block: string, load?: string) => answerOfText(design(block, load))

async function answerOfText(text: string) {
  const { design: read, problems } = readDesign(text, catalogue)
  if (read === undefined) throw new Error(problems.map(({ message }) => message).join())
  return simulate(read, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
}

const oneLine = (distribution: string) =>
  `{ type: service, workers: 1, cores: 1, endpoints: { get: [{ compute: ${distribution} }] } }`
const least = (values: { atLeast?: number } | undefined) => values?.atLeast ?? Number.NaN

// Pollaczek and Khinchin: 100 ms of work and 7/s · E[S²] / (2 · 0.3) of waiting, E[S²] = 0.0018 s² and 0.0327 s² for these distributions.
it.each([
  ['shape 2.5', '{ distribution: pareto, mean: 100ms, shape: 2.5 }', 310],
  ['shape 2.2', '{ distribution: pareto, mean: 100ms, shape: 2.2 }', 481.8],
])(
  'the mean wait of Pareto work of %s is not given: rare values carry too much of it',
  async (_name, distribution, right) => {
    const { requests, blocks } = await answerOf(oneLine(distribution))
    const [all] = requests
    const reason = expect.stringMatching(/^about \d+(\.\d)? % of the mean comes from draws too rare for this run$/)
    expect(all?.mean).toMatchObject({ sufficient: false, reason, atLeast: expect.any(Number) })
    expect(least(all?.mean as { atLeast?: number })).toBeLessThan(right)
    const [server] = blocks
    for (const mean of [server?.mean, server?.inFlight, server?.waitMean, server?.queues[0]?.mean]) {
      expect(mean).toMatchObject({ sufficient: false, reason })
    }
    expect(all?.percentiles.find(({ percentile }) => percentile === 99)?.estimate.sufficient).toBe(true)
    expect(server?.arrivedPerSecond.sufficient).toBe(true)
  },
)

it('the wait behind a line that waits for heavy work is not given either, that of another is', async () => {
  const { blocks } = await answerOf(
    `{ type: service, workers: 2, cores: 2, endpoints: { get: [{ call: other }, { call: heavy }] } }
  other: ${oneLine('exponential 20ms')}
  heavy: ${oneLine('{ distribution: pareto, mean: 100ms, shape: 2.2 }')}`,
    '6/s',
  )
  expect(Object.fromEntries(blocks.map(({ name, waitMean }) => [name, waitMean?.sufficient]))).toEqual({
    heavy: false,
    other: true,
    server: false,
  })
})

it.each([
  ['is bounded', oneLine('{ distribution: pareto, mean: 100ms, shape: 2.2, max: 2s }')],
  ['is exponential', oneLine('exponential 100ms')],
  ['is log-normal', oneLine('{ distribution: log-normal, mean: 100ms, cv: 1.5 }')],
  // Shared cores: the mean response depends on the mean work alone.
  [
    'shares cores',
    '{ type: service, cores: 1, endpoints: { get: [{ compute: { distribution: pareto, mean: 100ms, shape: 2.5 } }] } }',
  ],
])('the mean is given where the work %s', async (_name, block) => {
  const { requests } = await answerOf(block, '5/s')
  expect(requests[0]?.mean.sufficient).toBe(true)
})

it('the wait of a source for a connection to a block with heavy work is not given either', async () => {
  const { requests } = await answerOf(
    `{ type: database, connections: 2, cores: 2, read: { distribution: pareto, mean: 100ms, shape: 2.2 } }`,
    '12/s',
  )
  expect(requests[0]?.mean.sufficient).toBe(false)
})

/** A server with one worker, 100 requests/s of 1 ms, and 20 s of work of one call in 100,000: Pollaczek and Khinchin give 228 ms. */
const rarely = (traffic: string, endpoints: string, more = '') => `loadpath: 1
name: rare work
traffic: ${traffic}
blocks:
  server: { type: service, workers: 1, cores: 1, endpoints: ${endpoints} }${more}
objectives: [mean <= 100ms, p99 <= 100ms]
run: { bounds: { events: 1M } }
`
const ofGet = '{ source: { rate: 100/s, requests: { get: { to: server } } } }'
const twoEndpoints = '{ get: [{ compute: 1ms }], report: [{ compute: 20s }] }'

it.each([
  [
    'a branch',
    rarely(ofGet, '{ get: [{ compute: 1ms }, { branch: 0.001%, do: [{ compute: 20s }] }] }'),
    /^work at server \(mean 20 s\) is expected only 0\.\d+ times in this run/,
  ],
  [
    'a kind of request',
    rarely(
      '{ source: { rate: 100/s, requests: { get: { to: server, weight: 99999 }, report: { to: server, weight: 1 } } } }',
      twoEndpoints,
    ),
    /^work at server /,
  ],
  [
    'a source',
    rarely(
      '{ source: { rate: 100/s, requests: { get: { to: server } } }, rare: { rate: 0.001/s, requests: { report: { to: server } } } }',
      twoEndpoints,
    ),
    /^work at server /,
  ],
  [
    'a call',
    rarely(
      ofGet,
      '{ get: [{ compute: 1ms }, { branch: 0.001%, do: [{ call: slow }] }] }',
      '\n  slow: { type: service, endpoints: { any: [{ wait: 20s }] } }',
    ),
    /^work at slow /,
  ],
])('a run too short for the rare work of %s gives no mean and no verdict', async (_name, text, said) => {
  const { requests, verdict, objectives } = await answerOfText(text)
  const [all] = requests
  const mean = all?.mean as { sufficient: boolean; reason: string; atLeast: number }
  expect(mean.sufficient).toBe(false)
  expect(mean.reason.replace(/^about \d+ % of the mean comes from draws too rare for this run: /, '')).toMatch(said)
  expect(mean.atLeast).toBeLessThan(228)
  expect(verdict.outcome).toBe('inconclusive')
  expect(verdict.sentence).toMatch(/set run\.bounds\.events to at least \d+M$/)
  expect(objectives.map(({ verdict: one }) => one)).toEqual(['inconclusive', 'inconclusive'])
})

it('a run too short for rare values of an empirical distribution gives no mean', async () => {
  const distribution = '{ distribution: empirical, values: [1ms, 20s], weights: [99999, 1] }'
  const { requests } = await answerOfText(rarely(ofGet, `{ get: [{ compute: ${distribution} }] }`))
  expect(requests[0]?.mean).toMatchObject({
    sufficient: false,
    reason: expect.stringMatching(/too rare for this run$/),
  })
})

it.each([
  ['takes no longer', '{ branch: 0.001%, do: [{ compute: 1ms }] }'],
  ['comes often', '{ branch: 5%, do: [{ compute: 20ms }] }'],
])('the mean is given where work that is chosen %s', async (_name, step) => {
  const { requests, verdict } = await answerOfText(rarely(ofGet, `{ get: [{ compute: 1ms }, ${step}] }`))
  expect(requests[0]?.mean.sufficient).toBe(true)
  expect(verdict.outcome).toBe('carries')
})

it('of work without a mean all is unseen, also where nothing waits', async () => {
  const { blocks } = await answerOfText(`loadpath: 1
name: no mean
traffic: { source: { rate: 2000/s, requests: { get: { to: server } } } }
blocks: { server: { type: service, endpoints: { get: [{ compute: { distribution: pareto, min: 1us, shape: 1 } }] } } }
run: { for: 50ms, repeat: 2 }
`)
  expect(blocks[0]?.mean).toMatchObject({
    sufficient: false,
    reason: 'about 100 % of the mean comes from draws too rare for this run',
  })
})
