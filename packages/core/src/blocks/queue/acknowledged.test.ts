import { expect, it } from 'vitest'
import type { Answer } from '../../experiment/answer.ts'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { readDesign } from '../../language/read-design.ts'

async function answerTo(blocks: string, more = ''): Promise<Answer> {
  const { design, problems } = readDesign(
    `loadpath: 1
name: what was acknowledged
traffic: { v: { rate: 120/s, requests: { put: { to: web } } } }
blocks:
  web: { type: service, cores: 64, endpoints: { put: [{ publish: q }] } }
${blocks}
run: { for: 200s, repeat: 10 }
objectives: [availability >= 99%, lost < 1%, q.acknowledged-lost < 1%, acknowledged-lost < 1%]
${more}`,
    catalogue,
  )
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  return simulate(design as never, { runner, longer: false })
}
const verdicts = ({ objectives }: Answer) => objectives.map(({ verdict }) => verdict)

// M/M/1/5 at 1.2 times what it carries: (1 - r) r^5 / (1 - r^6) of those that come push one out.
const share = (0.2 * 1.2 ** 5) / (1.2 ** 6 - 1)

it('a message that was acknowledged and then dropped is lost', async () => {
  const answer = await answerTo(
    '  q: { type: queue, limit: 4, overflow: drop-oldest, workers: { instances: 1, compute: exponential 10ms } }',
  )
  expect(share).toBeCloseTo(0.2506, 4)
  const [q] = answer.acknowledged
  expect(q?.block).toBe('q')
  expect(q?.acknowledged).toBe(answer.requests[0]?.ledger.answered)
  expect(q?.lost).toBe(
    answer.blocks.find(({ name }) => name === 'q')?.counters.find(({ name }) => name === 'dropped')?.count,
  )
  expect(q?.share.sufficient && Math.abs(q.share.point - share)).toBeLessThan(0.005)
  expect(verdicts(answer)).toEqual(['met', 'met', 'missed', 'missed'])
  expect(answer.verdict.sentence).toMatch(/^carries this load, but q lost 2[45]\.\d % of what it acknowledged/)
})

it('a message in work in a crash is lost, and one that waits is not', async () => {
  const answer = await answerTo(
    '  q: { type: queue, workers: { instances: 4, compute: 10ms } }',
    'faults: [{ crash: q, at: 100s, for: 1s }]',
  )
  const [q] = answer.acknowledged
  const crashed = answer.blocks.find(({ name }) => name === 'q')?.calls.failed
  expect(crashed).toEqual([{ reason: 'crashed', count: q?.lost }])
  expect(q?.lost).toBeGreaterThan(0)
  expect(q?.lost).toBeLessThanOrEqual(40)
})

it('a message whose work fails is lost', async () => {
  const answer = await answerTo(
    `  q: { type: queue, workers: { instances: 200, compute: 0s, call: mailer.send, timeout: 100ms } }
  mailer: { type: service, endpoints: { send: [{ branch: 10%, do: [{ wait: 1s }] }] } }`,
  )
  const [q] = answer.acknowledged
  expect(q?.share.sufficient && Math.abs(q.share.point - 0.1)).toBeLessThan(0.01)
})
