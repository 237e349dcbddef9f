import { expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

async function answerTo(text: string): Promise<Answer> {
  const { design, problems } = readDesign(`loadpath: 1\nname: parts\n${text}`, catalogue)
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
}

const namesOf = ({ breakdown }: Answer) =>
  breakdown.parts.map(({ block, activity, note }) =>
    [block, activity, note].filter((word) => word !== undefined).join(' '),
  )

it('the breakdown adds up to the mean if one request in 250 takes nearly all of the time', async () => {
  const answer = await answerTo(`traffic:
  slow: { rate: 1/s, arrival: regular, requests: { report: { to: app } } }
  fast: { rate: 249/s, arrival: regular, requests: { page: { to: app } } }
blocks:
  app: { type: service, cores: 64, endpoints: { report: [{ compute: constant 1s }], page: [{ compute: constant 1ms }] } }
run: { for: 10s, repeat: 4 }
`)
  const { breakdown, requests } = answer
  // 9 of the 10 reports of a replication are answered before its end, and 2,489 pages.
  const [pages, reports] = [2489, 9]
  expect(breakdown.meanMs).toBeCloseTo((reports * 1000 + pages) / (reports + pages), 2)
  expect(requests[0]?.mean).toMatchObject({ point: expect.closeTo(breakdown.meanMs, 2) })
  expect(breakdown.kinds.map(({ name, meanMs }) => [name, Math.round(meanMs)])).toEqual([
    ['fast.page', 1],
    ['slow.report', 1000],
  ])
})

it('the sum of the breakdown agrees with the mean of all requests, overall and by kind', async () => {
  const { breakdown, requests } = await answerTo(`traffic:
  visitors: { rate: 80/s, requests: { page: { to: app, weight: 9 }, report: { to: app } } }
blocks:
  app: { type: service, workers: 2, cores: 1, endpoints: { page: [{ compute: exponential 5ms }], report: [{ compute: exponential 30ms }, { call: db.read }] } }
  db: { type: database, connections: 1, read: exponential 20ms }
run: { for: 60s, repeat: 20 }
`)
  const ofAll = [breakdown, ...breakdown.kinds]
  expect(ofAll).toHaveLength(requests.length)
  ofAll.forEach(({ mean, meanMs, parts }, i) => {
    const truth = requests[i]?.mean
    if (!mean.sufficient || truth?.sufficient !== true) throw new Error('both means are found')
    expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(meanMs, 9)
    expect(mean.low).toBeLessThan(truth.high)
    expect(mean.high).toBeGreaterThan(truth.low)
    expect(mean.high - mean.low).toBeLessThan(0.5 * meanMs)
  })
})

it('the breakdown counts a wait step as waiting, and names the connection that a caller waits for', async () => {
  const answer = await answerTo(`traffic: { users: { users: 20, think: constant 10ms, requests: { get: { to: app } } } }
blocks:
  app: { type: service, endpoints: { get: [{ wait: constant 30ms }, { call: db.read }] } }
  db: { type: database, connections: 2, cores: 8, read: constant 20ms }
run: { for: 20s, repeat: 4 }
`)
  expect(namesOf(answer)).toEqual(['app waiting connection to db', 'app waiting wait step', 'db processing'])
  const [connection, step, work] = answer.breakdown.parts
  expect([step?.ms, work?.ms]).toEqual([expect.closeTo(30, 6), expect.closeTo(20, 6)])
  // 20 users share 2 connections for 20 ms each: a round takes 200 ms, less 10 of thinking, 30 and 20.
  expect(connection?.ms).toBeGreaterThan(137)
  expect(connection?.ms).toBeLessThan(141)
})

it('the breakdown counts the time of a slow disk as processing, and waits for a worker or a core as waiting', async () => {
  const answer =
    await answerTo(`traffic: { shop: { rate: 30/s, requests: { get: { to: store.read, key: uniform over 1M } } } }
blocks: { store: { type: database, read: 10ms, cores: 1, workers: 2, buffer: { capacity: 10 }, disk: constant 2ms } }
faults: [{ slow: store, factor: 2, at: 0s }]
run: { for: 20s, repeat: 4 }
`)
  expect(namesOf(answer).sort()).toEqual([
    'store processing',
    'store processing disk',
    'store waiting core',
    'store waiting worker',
  ])
  const work = answer.breakdown.parts.find(({ activity, note }) => activity === 'processing' && note === undefined)
  expect(work?.ms).toBeCloseTo(20, 6)
})
