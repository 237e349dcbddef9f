import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../experiment/catalogue.ts'
import { replicate } from '../../../experiment/replicate.ts'
import { simulate } from '../../../experiment/simulate.ts'
import { readDesign } from '../../../language/read-design.ts'
import { testingSource } from '../../../support/testing-source.ts'
import { Bench, constant } from '../testing-bench.ts'

const instant = { read: constant(0), write: constant(0) }
const idle = { compute: constant(0) }

describe('several nodes', () => {
  it('hold each key once, whatever the spread', () => {
    for (const name of ['ring', 'jump', 'modulo']) {
      const bench = new Bench({ ...idle, instances: 4, spread: { name, values: { 'virtual-nodes': 160 } } }, instant)
      bench.answers([0, 1000].flatMap((ms) => Array.from({ length: 200 }, (_, key) => [ms + key, key] as const)))
      expect(bench.counts()).toMatchObject({ hits: 200, misses: 200 })
      const sizes = bench.cache.nodes.list.map(({ shelf }) => shelf.entries.size)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(200)
      expect(Math.min(...sizes)).toBeGreaterThan(20)
    }
  })

  const lossOf = (own: Record<string, unknown>) => {
    const bench = new Bench({ ...idle, instances: 4, ...own } as never, instant)
    const [, second] = bench.cache.instances
    bench.at(1500, () => second?.crash())
    const all = Array.from({ length: 400 }, (_, key) => key)
    const answers = bench.answers(
      [0, 1000, 2000, 3000].flatMap((ms) => all.map((key) => [ms + key / 1000, key] as const)),
    )
    const refused = answers.filter((answer) => answer?.outcome !== 0).length
    const { hits = 0, misses = 0, 'past-the-cache': past = 0 } = bench.counts()
    return { hits, misses, 'past-the-cache': past, refused }
  }

  it('reject the keys of a node that is down, or send them to the origin or to the other nodes', () => {
    const held = 400 / 4
    const refusing = lossOf({ 'when-down': 'refuse' })
    expect(refusing.refused / 2).toBeGreaterThan(held / 2)
    expect(refusing).toMatchObject({ misses: 400, hits: 1200 - refusing.refused })
    const past = lossOf({ 'when-down': 'origin' })
    expect(past).toMatchObject({ refused: 0, misses: 400, 'past-the-cache': refusing.refused })
    const others = lossOf({ 'when-down': 'others' })
    expect(others).toMatchObject({ refused: 0, misses: 400 + refusing.refused / 2 })
  })

  it('lose nearly all to a modulo when one of them goes, and only its own to a ring', () => {
    const spread = (name: string) => ({ 'when-down': 'others', spread: { name, values: { 'virtual-nodes': 160 } } })
    const [ring, modulo] = [lossOf(spread('ring')), lossOf(spread('modulo'))]
    expect(ring.misses - 400).toBeLessThan(0.35 * 400)
    // Of four nodes to three a key stays with a probability of 1/3 if its node remains: 3 in 4 are elsewhere.
    expect(Math.abs(modulo.misses - 400 - 0.75 * 400)).toBeLessThan(0.06 * 400)
  })
})

describe('nodes that are warmed', () => {
  it('are all full, however uneven their shares of the keys', () => {
    const source = testingSource(1)
    const reads = () => 1 + Math.floor(source.next() * 4000)
    const bench = new Bench(
      {
        ...idle,
        start: 'warmed',
        instances: 4,
        spread: { name: 'ring', values: { 'virtual-nodes': 5 } },
        capacity: { unit: 'entries', amount: 100 },
      },
      instant,
      { keyStream: (operation) => (operation === 'read' ? reads : null) },
    )
    expect(bench.cache.nodes.list.map(({ shelf }) => shelf.entries.size)).toEqual([100, 100, 100, 100])
  })
})

describe('a cache that is warmed', () => {
  it('holds the keys that the steps of its callers request', async () => {
    const { design, problems } = readDesign(
      `loadpath: 1
name: keys of a step
traffic:
  visitors: { rate: 100/s, requests: { page: { to: shop, key: uniform over 10 } } }
blocks:
  shop: { type: service, endpoints: { page: [{ parallel: [[{ call: shelf.read, key: uniform over 50 }]], times: 3 }] } }
  shelf: { type: cache, of: pages, capacity: 50 }
  pages: { type: database, read: 0s }
run: { for: 10s, repeat: 2 }
`,
      catalogue,
    )
    expect(problems).toEqual([])
    const answer = await simulate(design as never, {
      runner: async (tasks) => tasks.map((task) => replicate(task)),
      longer: false,
    })
    const counters = answer.blocks.find(({ name }) => name === 'shelf')?.counters
    expect(counters?.find(({ name }) => name === 'misses')?.count).toBe(0)
  })
})

describe('a cache in the memory of each instance', () => {
  it('is one for each, named by its service in a design', async () => {
    const { design, problems } = readDesign(
      `loadpath: 1
name: in process
traffic:
  visitors: { rate: 1000/s, requests: { page: { to: shop, key: uniform over 7 } } }
blocks:
  shop: { type: service, instances: 4, endpoints: { page: [{ call: own.read }] } }
  own: { type: cache, per: shop, of: pages, capacity: 10, start: empty }
  pages: { type: database, read: 0s }
run: { for: 2s, repeat: 2 }
`,
      catalogue,
    )
    expect(problems).toEqual([])
    const answer = await simulate(design as never, {
      runner: async (tasks) => tasks.map((task) => replicate(task)),
      longer: false,
    })
    const counters = answer.blocks.find(({ name }) => name === 'own')?.counters
    expect(counters?.find(({ name }) => name === 'misses')?.count).toBe(2 * 4 * 7)
  })
})
