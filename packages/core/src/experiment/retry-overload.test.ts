import { expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

const oneWorker = '{ type: service, workers: 1, endpoints: { any: [{ compute: exponential 10ms }] } }'
const inTime = 'timeout: 500ms, retry: { attempts: 3, back-off: none }'

interface Parts {
  readonly source?: string
  readonly calls?: string
  readonly edge?: string
  readonly back?: string
  readonly more?: string
}

/** Requests to `edge`, which calls `back` as the parts say. */
async function verdictOf({ source = 'rate: 60/s', calls = inTime, edge = '', back = oneWorker, more = '' }: Parts) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: attempts
traffic: { visitors: { ${source}, requests: { read: { to: edge, key: zipf 1 over 100 } } } }
blocks:
  edge: { type: service, cores: 64, ${edge} endpoints: { read: [{ call: back, ${calls} }] } }
  back: ${back}
${more}
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const { verdict } = await simulate(design, { runner, longer: false })
  return verdict
}

it('the warning names the resource that all attempts would saturate if the first attempts do not', async () => {
  const { outcome, retryOverload, sentence } = await verdictOf({})
  expect([outcome, retryOverload?.block, retryOverload?.resource]).toEqual(['carries', 'back', 'cores'])
  expect(retryOverload?.load).toBeCloseTo(1.8, 1)
  expect(sentence).toContain('their retries load the cores of back to 1.8 times capacity')
  expect(sentence).toContain('starts in the good state: to test recovery, set run.for and add a spike or a fault')
})

// In runs with a spike of three times the load for 10 s these recover, and the first does not.
it.each<[string, Parts]>([
  ['without further attempts', { calls: 'timeout: 500ms' }],
  ['without a time-out', { calls: 'retry: { attempts: 3, back-off: none }' }],
  ['where all attempts fit', { source: 'rate: 30/s' }],
  ['where giving up takes calls out of the queue', { calls: `${inTime}, cancels: queued` }],
  ['where giving up ends the work', { calls: `${inTime}, cancels: all` }],
  ['where a limited queue answers in time', { back: oneWorker.replace('workers: 1', 'workers: 1, limit: 20') }],
  ['where few workers wait for the answers', { edge: 'workers: 30,' }],
  ['of a run that shows the outcome of it', { more: 'run: { for: 10s, repeat: 3 }' }],
  [
    'where a cache leaves little to try',
    {
      back: '{ type: cache, of: store, capacity: 1000, compute: 0s }',
      more: '  store: { type: service, workers: 1, endpoints: { read: [{ compute: exponential 10ms }] } }',
    },
  ],
])('says nothing %s', async (_which, parts) => {
  const { retryOverload, sentence } = await verdictOf(parts)
  expect([retryOverload, sentence.includes('attempts')]).toEqual([undefined, false])
})

it.each<[string, Parts, string, number]>([
  [
    'shared cores, where a call that waits in no queue cannot leave it',
    {
      calls: `${inTime}, cancels: queued`,
      back: '{ type: service, endpoints: { any: [{ compute: exponential 10ms }] } }',
    },
    'back',
    1.8,
  ],
  [
    'the database behind connections that take long to get',
    { back: '{ type: database, connections: 20, cores: 1, read: exponential 10ms }' },
    'back',
    1.8,
  ],
])('counts attempts at %s', async (_which, parts, block, load) => {
  const { retryOverload } = await verdictOf(parts)
  expect(retryOverload).toMatchObject({ block, load: expect.closeTo(load, 1) })
})

it('attempts of callers above the time-out multiply', async () => {
  const { retryOverload } = await verdictOf({
    source: 'rate: 20/s',
    back: `{ type: service, cores: 64, endpoints: { any: [{ call: far, timeout: 200ms, retry: { attempts: 2, back-off: none } }] } }`,
    more: `  far: ${oneWorker}`,
  })
  expect(retryOverload).toMatchObject({ block: 'far', load: expect.closeTo(1.2, 1) })
})
