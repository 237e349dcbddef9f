import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import type { Estimate } from '../stats/estimate.ts'
import { mmc } from '../theory/index.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

const design = (calls: string, rest: string) => `loadpath: 1
name: guarded calls
traffic: { visitors: { rate: 100/s, requests: { view: { to: shop } } } }
blocks:
  shop: { type: service, calls: { stock: ${calls} }, endpoints: { any: [{ call: stock.any, on-failure: go-on }] } }
${rest}`

async function answerOf(text: string): Promise<Answer> {
  const read = readDesign(text, catalogue)
  if (read.design === undefined) throw new Error(read.problems.map(({ message }) => message).join('; '))
  return simulate(read.design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
}

function guarded(answer: Answer) {
  const [calls] = answer.blocks.find(({ name }) => name === 'shop')?.guardedCalls ?? []
  if (calls === undefined) throw new Error('the calls have guards')
  return calls
}

function expectToContain(estimate: Estimate | null, value: number): void {
  expect(estimate).toMatchObject({ sufficient: true })
  if (estimate?.sufficient !== true) return
  expect(estimate.low).toBeLessThanOrEqual(value)
  expect(estimate.high).toBeGreaterThanOrEqual(value)
}

const stock = (step: string) => `  stock: { type: service, cores: 99, endpoints: { any: [${step}] } }\n`

describe('measures of guarded calls', () => {
  it('a pool of four connections that are held for 30 ms keeps its callers waiting as Erlang C says', async () => {
    const answer = await answerOf(
      design('{ pool: 4 }', `${stock('{ wait: exponential 30ms }')}run: { for: 100s, repeat: 10, start: warmed }\n`),
    )
    const { connections, connectionWaitMean, open, retriesRefused, rejected } = guarded(answer)
    expectToContain(connectionWaitMean, mmc(4, 0.1, 1 / 30).meanWait)
    expectToContain(connections, 3 / 4)
    expect([open, retriesRefused]).toEqual([null, null])
    expect(rejected).toMatchObject({ point: 0 })
  })

  it('a breaker is open for the time of a fault, and until its next trial', async () => {
    const fault = 'faults: [{ fail: stock, share: 100%, at: 20s, for: 20s }]\nrun: { for: 100s, repeat: 10 }\n'
    const objectives = 'objectives: [shop.calls.stock.open < 25%, shop.calls.stock.open < 1% from 0s to 20s]\n'
    const text = design('{ breaker: { opens: 5 of 5, for: 1s } }', `${stock('{ compute: 1ms }')}${fault}${objectives}`)
    const answer = await answerOf(text)
    const { open, rejected, rejectedBecause, attemptsPerSecond } = guarded(answer)
    // It opens after five calls and 50 ms; every second it lets one trial through. At the end up to a second is left.
    expect(open).toMatchObject({ sufficient: true })
    if (open?.sufficient === true) {
      expect(open.low).toBeGreaterThan(0.198)
      expect(open.high).toBeLessThan(0.212)
    }
    expectToContain(attemptsPerSecond, 100)
    expect(rejectedBecause).toEqual([{ reason: 'breaker-open', count: expect.any(Number) }])
    // All but one call a second while it is open.
    expectToContain(rejected, 0.2 * 0.99)
    expect(answer.objectives.map(({ verdict }) => verdict)).toEqual(['met', 'met'])
  })

  it('of retries that are all wanted, a budget refuses those beyond its share', async () => {
    const calls = '{ retry: { attempts: 2, failures: all, back-off: none, budget: { share: 10%, burst: 1 } } }'
    const answer = await answerOf(design(calls, `${stock('{ fail: 100% }')}run: { for: 100s, repeat: 10 }\n`))
    const { retriesRefused } = guarded(answer)
    // Each call wants one retry, and pays a tenth of one.
    expect(retriesRefused).toMatchObject({ sufficient: true, point: expect.closeTo(0.9, 2) })
  })
})
