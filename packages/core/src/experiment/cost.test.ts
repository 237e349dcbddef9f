import { expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { compare } from './compare.ts'
import { replicate } from './replicate.ts'
import { testDesign } from './test-design.ts'

const runner = async (tasks: Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))

const answerOf = (web: string, objectives: string) => {
  const text = `loadpath: 1
name: traffic that is paid for
traffic: { visitors: { rate: 100/s, requests: { get: { to: wire } } } }
blocks:
  wire: { type: link, to: web, latency: 0s, price: $0.10/GB }
  web: { type: service, cores: 4, ${web}endpoints: { any: [{ compute: 1ms }, { respond: 100KiB }] } }
run: { for: 10s, repeat: 10 }
objectives: [${objectives}]
`
  const { design } = readDesign(text, catalogue)
  return testDesign(() => design as never, { runner: runner as never })
}

// 100/s of 102,400 B at $0.10 for each GB are $3.6864 an hour; ten runs of 1,000 requests each know them to about 2 %.
it('the cost of traffic has an interval, which decides an objective', async () => {
  const { objectives } = await answerOf('price: $1/h, ', 'cost < $4.69/h, cost < $6/h, cost < $4/h')
  expect(objectives.map(({ verdict }) => verdict)).toEqual(['inconclusive', 'met', 'missed'])
  const { measured } = objectives[0] as unknown as { measured: { low: number; high: number } }
  expect(measured.low).toBeLessThan(4.6864)
  expect(measured.high).toBeGreaterThan(4.6864)
})

const edge = (price: string) => {
  const text = `loadpath: 1
name: edge
traffic: { visitors: { rate: 100/s, requests: { get: { to: edge.read, key: uniform over 10 } } } }
blocks:
  edge: { type: cdn, of: files, pops: 1, capacity: 100, edge-latency: 1ms, origin-latency: 1ms${price} }
  files: { type: database, object-size: 1KiB }
run: { for: 1s, repeat: 10 }
`
  const { design, problems } = readDesign(text, catalogue)
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join())
  return design
}

it('a CDN without a price, or without one for its origin traffic, is not in the sum', async () => {
  const designs = [edge(''), edge(', price: $0.10/GB'), edge(', price: $0.10/GB, origin-price: $0/GB')]
  const { designs: answers, differences } = await compare(designs, { runner: runner as never })
  expect(answers.map(({ cost }) => cost.withoutPrice)).toEqual([
    ['edge', 'files'],
    ['traffic from origin of edge', 'files'],
    ['files'],
  ])
  const cost = differences.map(({ measures }) => measures.find(({ measure }) => measure === 'cost'))
  expect(cost[0]).toMatchObject({ first: null, second: expect.any(Number), difference: { reason: 'no price is set' } })
})
