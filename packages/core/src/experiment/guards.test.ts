import { expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import type { Estimate, Interval } from '../stats/estimate.ts'
import { erlangB, md1, mmc } from '../theory/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

interface Parts {
  readonly rate: number
  readonly calls: string
  readonly endpoint: string
  readonly workers?: string
}

/** Requests to `web`, whose only instance calls `back` as the parts say. */
async function answerOf({ rate, calls, endpoint, workers = '' }: Parts) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: guards
traffic: { people: { rate: ${rate}/s, requests: { get: { to: web } } } }
blocks:
  web: { type: service, calls: { back: { ${calls} } }, endpoints: { get: [{ call: back }] } }
  back: { type: service, ${workers} endpoints: { get: [${endpoint}] } }
run: { for: 200s, repeat: 10 }
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  return await simulate(design, { runner, longer: false })
}

/** Expects an interval to be near a number: one and a half times its width away at most. */
function expectNear(found: Estimate | undefined, exact: number) {
  if (found === undefined || !found.sufficient) throw new Error('there is no estimate')
  expect(Math.abs(found.point - exact)).toBeLessThan(1.5 * (found.high - found.low))
}

it('a bulkhead without a queue refuses the share that Erlang B says', async () => {
  const { requests, blocks, bottleneck } = await answerOf({
    rate: 100,
    calls: 'bulkhead: 10',
    endpoint: '{ wait: exponential 80ms }',
  })
  expectNear(requests[0]?.availability, 1 - erlangB(10, 8))
  // Its use is known, but more load makes it refuse more: it has no headroom.
  const isRoom = ({ name }: { readonly name: string }) => name === 'bulkhead of back'
  expectNear(blocks.flatMap(({ resources }) => resources).find(isRoom)?.mean, 0.8 * (1 - erlangB(10, 8)))
  expect(bottleneck?.resource).not.toBe('bulkhead of back')
})

/** Shares of the time with n calls in M/M/servers/room, n from 0 to room, by the balance of its states. */
function lossQueue(servers: number, room: number, offered: number): readonly number[] {
  const weights = [1]
  for (let n = 1; n <= room; n++) weights.push(((weights[n - 1] as number) * offered) / Math.min(n, servers))
  const sum = weights.reduce((total, weight) => total + weight)
  return weights.map((weight) => weight / sum)
}

it('a bulkhead with a queue is an M/M/c/K queue', async () => {
  const calls = 'bulkhead: { calls: 10, limit: 5 }'
  const { requests } = await answerOf({ rate: 20, calls, endpoint: '{ wait: exponential 400ms }' })
  const shares = lossQueue(10, 15, 8)
  const lost = shares[15] as number
  const inside = shares.reduce((sum, share, n) => sum + n * share, 0)
  expectNear(requests[0]?.availability, 1 - lost)
  // Little's law: the mean time of a call that was not refused.
  expectNear(requests[0]?.mean, (inside / (20 * (1 - lost))) * 1000)
})

it('a bulkhead in which all calls wait for their turn is full at a load of its own', async () => {
  const calls = 'bulkhead: { calls: 10, limit: unlimited }'
  const { bottleneck } = await answerOf({ rate: 100, calls, endpoint: '{ wait: exponential 80ms }' })
  expect(bottleneck).toMatchObject({ block: 'web', resource: 'bulkhead of back' })
  expect(Math.abs((bottleneck?.saturationLoad ?? 0) - 1.25)).toBeLessThan(0.03)
})

/** Orders that fail after their write with a probability of a half, or are refused before it. */
const outcomes = async (step: string, retry: string) => {
  const { design, problems } = readDesign(
    `loadpath: 1
name: safe retries
traffic: { people: { rate: 100/s, requests: { order: { to: web, retry: { attempts: 3, back-off: none, ${retry} } } } } }
blocks:
  web: { type: service, endpoints: { order: [${step}] } }
  orders: { type: database, write: { work: constant 1ms, idempotent: never } }
run: { for: 100s, repeat: 10 }
objectives: [orders.duplicates <= 100%]
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  return await simulate(design, { runner, longer: false })
}

it('a call that may have done something is not repeated, unless all failures are', async () => {
  const step = '{ call: orders.write }, { fail: 50% }'
  const safe = await outcomes(step, 'failures: safe')
  const all = await outcomes(step, 'failures: all')
  expectNear(safe.requests[0]?.availability, 0.5)
  expectNear(all.requests[0]?.availability, 1 - 0.5 ** 3)
  expect(safe.objectives[0]?.measured).toMatchObject({ point: 0 })
  // Of 1 + 1/2 + 1/4 writes for an order, all but the first are duplicates.
  expectNear(all.objectives[0]?.measured, 0.75 / 1.75)
})

it('a call that writes nothing is repeated after every failure', async () => {
  const { requests } = await outcomes('{ call: orders.read }, { fail: 50% }', 'failures: safe')
  expectNear(requests[0]?.availability, 1 - 0.5 ** 3)
})

it('a caller waits until a rate limit lets it come again, or for its own back-off alone', async () => {
  const meanMs = async (retry: string) => {
    const { design } = readDesign(
      `loadpath: 1
name: come again
traffic: { people: { start: together, users: 2, think: constant 10s, requests: { get: { to: web, retry: { attempts: 2, back-off: none, ${retry} } } } } }
blocks: { web: { type: service, rate-limit: token-bucket 1/s, endpoints: { get: [{ wait: constant 1ms }] } } }
run: { for: 100s, repeat: 2 }
`,
      catalogue,
    )
    const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
    const { requests } = await simulate(design as never, { runner, longer: false })
    const [request] = requests
    return [request?.availability, request?.mean].map((found) => (found?.sufficient ? found.point : Number.NaN))
  }
  // Two users come together: one is let in, the other comes a second later. From then on they do not meet: 1 s in 20 requests.
  const [availability = 0, mean = 0] = await meanMs('retry-after: obey')
  expect([availability, Math.round(mean)]).toEqual([1, 51])
  const [ignoring = 0] = await meanMs('retry-after: ignore')
  expect(ignoring).toBeLessThan(0.6)
})

it('a transaction is an M/M/c queue for connections, whose service time is that of all its steps', async () => {
  const steps = '{ transaction: back, do: [{ call: back.read }, { wait: exponential 80ms }] }'
  const text = (pool: string, connections: string) => `loadpath: 1
name: transaction
traffic: { people: { rate: 100/s, requests: { get: { to: web } } } }
blocks:
  web: { type: service, ${pool} endpoints: { get: [${steps}] } }
  back: { type: database, ${connections} read: constant 0ms }
run: { for: 200s, repeat: 10 }
`
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const exact = mmc(10, 100, 12.5).meanResponse * 1000
  for (const [pool, connections] of [
    ['calls: { back: { pool: 10 } },', ''],
    ['', 'connections: 10,'],
  ] as const) {
    const { design, problems } = readDesign(text(pool, connections), catalogue)
    expect(problems).toEqual([])
    const { requests } = await simulate(design as never, { runner, longer: false })
    expectNear(requests[0]?.mean, exact)
  }
})

it('transactions that need a second connection show an exhausted pool', async () => {
  const { design, problems } = readDesign(
    `loadpath: 1
name: one connection too few
traffic: { people: { rate: 100/s, requests: { get: { to: web, timeout: 2s } } } }
blocks:
  web: { type: service, calls: { web-2: { timeout: 1s } }, endpoints: { get: [{ transaction: back, do: [{ call: back.read }, { call: web-2.get }] }] } }
  web-2: { type: service, endpoints: { get: [{ call: back.read, timeout: 500ms }] } }
  back: { type: database, connections: 4, read: constant 1ms }
run: { for: 30s, repeat: 3 }
`,
    catalogue,
  )
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const { bottleneck, requests } = await simulate(design as never, { runner, longer: false })
  expect(bottleneck).toMatchObject({ block: 'back', resource: 'connections' })
  const { availability } = requests[0] ?? {}
  expect(availability?.sufficient && availability.point < 0.95).toBe(true)
})

it('a pool has callers wait as long as Erlang C says', async () => {
  const { requests } = await answerOf({ rate: 100, calls: 'pool: 10', endpoint: '{ wait: exponential 80ms }' })
  expectNear(requests[0]?.mean, mmc(10, 100, 12.5).meanResponse * 1000)
})

it('a hedged call takes as long as the earlier of two answers', async () => {
  const { requests } = await answerOf({ rate: 200, calls: 'hedge: 20ms', endpoint: '{ wait: exponential 20ms }' })
  // 20 ms until then, and half of 20 ms for both from then on.
  expectNear(requests[0]?.mean, 20 * (1 - Math.exp(-1)) + 10 * Math.exp(-1))
})

it('a retry budget bounds the calls that reach a callee where all fails', async () => {
  const naive = await answerOf({ rate: 100, calls: 'retry: 4', endpoint: '{ fail: 100% }' })
  const bounded = await answerOf({
    rate: 100,
    calls: 'retry: { attempts: 4, budget: 20% }',
    endpoint: '{ fail: 100% }',
  })
  const calls = (answer: Awaited<ReturnType<typeof answerOf>>) =>
    (answer.blocks[0]?.arrivedPerSecond as Interval | undefined)?.point ?? Number.NaN
  expect(Math.abs(calls(naive) / 400 - 1)).toBeLessThan(0.02)
  expect(Math.abs(calls(bounded) / 120 - 1)).toBeLessThan(0.02)
})

/** An endpoint that takes a millisecond. */
const atOnce = '{ wait: constant 1ms }'

it('a rate limit without a burst refuses the share that a counter with dead time loses', async () => {
  const { requests } = await answerOf({
    rate: 100,
    calls: '',
    workers: 'rate-limit: token-bucket 50/s,',
    endpoint: atOnce,
  })
  // After each call that goes in, 20 ms pass in which every call is refused.
  expectNear(requests[0]?.availability, 1 / (1 + 100 * 0.02))
})

it('a rate limit that has calls wait is an M/D/1 queue, at the caller and at the door', async () => {
  const limit = '{ type: leaky-bucket, rate: 100/s, overflow: block }'
  for (const [calls, workers] of [
    [`rate-limit: ${limit}`, ''],
    ['', `rate-limit: ${limit},`],
  ] as const) {
    const { requests } = await answerOf({ rate: 50, calls, workers, endpoint: atOnce })
    expectNear(requests[0]?.mean, md1(50, 0.01).meanWait * 1000 + 1)
  }
})

it('a service that obeys deadlines begins as many calls as an M/M/1 queue that callers leave after a fixed time', async () => {
  const [load, patience] = [1.25, 4]
  const { blocks } = await answerOf({
    rate: 100,
    calls: `timeout: ${patience * 12.5}ms`,
    workers: 'workers: 1, deadlines: obey,',
    endpoint: '{ compute: exponential 12.5ms }',
  })
  const calls = blocks[0]?.calls
  const late = calls?.failed.find(({ reason }) => reason === 'too-late')?.count ?? Number.NaN
  // D. Y. Barrer, "Queuing with Impatient Customers and Ordered Service", Operations Research 5(5), 1957.
  const decay = Math.exp(-patience * (1 - load))
  const lost = ((1 - load) * load * decay) / (1 - load * load * decay)
  expect(Math.abs(late / (calls?.arrived ?? 0) / lost - 1)).toBeLessThan(0.03)
})

it('the order of service leaves the mean of an M/M/1 queue alone', async () => {
  for (const ordering of ['lifo', 'adaptive-lifo']) {
    const workers = `workers: 1, ordering: ${ordering},`
    const { requests } = await answerOf({ rate: 50, calls: '', workers, endpoint: '{ compute: exponential 12.5ms }' })
    expectNear(requests[0]?.mean, 1000 / (80 - 50))
  }
})

it('codel keeps the wait of an overloaded service short that would otherwise grow without limit', async () => {
  const endpoint = '{ compute: exponential 12.5ms }'
  const { blocks } = await answerOf({ rate: 120, calls: '', workers: 'workers: 1, shed: codel,', endpoint })
  const wait = blocks[0]?.waitMean
  if (wait?.sufficient !== true) throw new Error('there is no estimate')
  expect(wait.point).toBeLessThan(1000)
})

it('a fallback takes the place of an answer that did not come, and only of that', async () => {
  const endpoint = '{ fail: 25% }'
  const calls = 'on-failure: [{ wait: constant 8ms }]'
  const { requests } = await answerOf({ rate: 100, calls, endpoint })
  expectNear(requests[0]?.mean, 2)
  expect(requests[0]?.availability).toMatchObject({ point: 1 })
})

/** Three branches, of which so many must succeed. */
const needing = (need: string, branch: string) => `{ parallel: [[${branch}]], times: 3, need: ${need} }`

it('two of three branches take as long as the second of three exponential times', async () => {
  const endpoint = needing('2 of 3', '{ wait: exponential 12ms }')
  const { requests } = await answerOf({ rate: 100, calls: '', endpoint })
  expectNear(requests[0]?.mean, 12 * (1 / 3 + 1 / 2))
})

it('a parallel step fails once too few branches are left to meet its need', async () => {
  const endpoint = needing('majority', '{ wait: exponential 12ms }, { fail: 25% }')
  const { requests } = await answerOf({ rate: 100, calls: '', endpoint })
  // At least two of three succeed.
  expectNear(requests[0]?.availability, 0.75 ** 3 + 3 * 0.75 ** 2 * 0.25)
})

it('branches that are no longer needed do no more work, on a shared core and in an event loop', async () => {
  for (const workers of ['', 'workers: event-loop,']) {
    const endpoint = needing(
      '1 of 3',
      '{ compute: constant 2ms }, { wait: constant 1ms }, { compute: exponential 30ms }',
    )
    const { blocks } = await answerOf({ rate: 5, calls: '', workers, endpoint })
    // Each does its first 2 ms; of the rest, 30 ms pass on average until one of them ends.
    expectNear(blocks[0]?.resources[0]?.utilization, 0.005 * (3 * 2 + 30))
  }
})
