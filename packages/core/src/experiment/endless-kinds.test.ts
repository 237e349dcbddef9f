import { expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

const worker = (time: string) => `{ type: service, workers: 1, endpoints: { any: [{ compute: exponential ${time} }] } }`

async function answerTo(traffic: string, blocks: string, objectives: string) {
  const text = `loadpath: 1\nname: kinds\ntraffic: { v: { ${traffic} } }\nblocks:\n  a: ${worker('20ms')}\n${blocks}\nobjectives: [${objectives}]\n`
  const { design, problems } = readDesign(text, catalogue)
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const answer = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  return { ...answer, judged: answer.objectives.map(({ verdict }) => verdict) }
}

it('a kind that does not call the overloaded block keeps its response times and its objectives', async () => {
  const objectives = 'fast.mean < 1s, fast.p99 < 100ms, fast.p99 < 20ms, slow.mean < 1s, v.mean < 1s'
  const traffic = 'rate: 200/s, requests: { slow: { to: a }, fast: { to: b } }'
  const { judged, requests } = await answerTo(traffic, `  b: ${worker('5ms')}`, objectives)
  expect(judged).toEqual(['met', 'met', 'missed', 'missed', 'missed'])
  const [all, fast, slow] = requests
  // M/M/1 at 50 %: the mean is 10 ms.
  expect(fast?.mean).toMatchObject({ sufficient: true, point: expect.closeTo(10, 0) })
  for (const none of [all, slow]) expect([none?.mean.sufficient, none?.percentiles]).toEqual([false, []])
})

it('requests with a time-out do not wait without limit at an overloaded block', async () => {
  const blocks =
    '  f: { type: service, cores: 64, endpoints: { any: [{ call: a, timeout: 200ms, on-failure: go-on }] } }'
  const goOn = await answerTo(
    'rate: 200/s, requests: { slow: { to: a }, get: { to: f } }',
    blocks,
    'get.mean < 2s, slow.mean < 2s',
  )
  expect(goOn.judged).toEqual(['met', 'missed'])
  const ended = await answerTo(
    'rate: 100/s, requests: { get: { to: a, timeout: 1s } }',
    '',
    'get.mean > 2s, get.p99 < 2s, answered > 50%',
  )
  // Nothing is answered: a mean has no value, and a percentile is beyond all of them.
  expect(ended.verdict.outcome).toBe('overloaded')
  expect(ended.judged).toEqual(['inconclusive', 'missed', 'missed'])
})

it('a percentile over several kinds counts those that wait ever longer as never answered, and a mean grows with them', async () => {
  const bounds = 'v.p25 > 6.4ms, v.p25 < 7.5ms, p25 < 7.5ms, v.p60 < 1h, v.mean < 1h'
  const traffic = 'rate: 200/s, requests: { slow: { to: a }, fast: { to: b } }'
  const { judged, objectives } = await answerTo(traffic, `  b: ${worker('5ms')}`, bounds)
  // Half of the requests are fast: the quarter of all is their median, ln 2 times the mean of 10 ms of M/M/1 at 50 %.
  expect(judged).toEqual(['met', 'met', 'met', 'missed', 'missed'])
  expect(objectives[0]?.measured).toMatchObject({ sufficient: true, point: expect.closeTo(6.93, 0) })
  expect(objectives[3]?.measured).toMatchObject({ sufficient: false, isGrowing: true })
})
