import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../experiment/catalogue.ts'
import { replicate } from '../../../experiment/replicate.ts'
import { simulate } from '../../../experiment/simulate.ts'
import { readDesign } from '../../../language/read-design.ts'

describe('a cache that is warmed', () => {
  const text = (shelf: string, edit: string, run = '{ for: 5s, repeat: 40 }', capacity = 200) => `loadpath: 1
name: warmed
traffic:
  readers: { rate: 40/s, requests: { page: { to: shelf.read, key: uniform over 200 } } }
  editors: { rate: 1/s, requests: { edit: { to: ${edit}.write, key: uniform over 200 } } }
blocks:
  shelf: { type: cache, ${shelf.startsWith('of:') ? '' : 'of: pages, '}capacity: ${capacity}, ttl: 10min, compute: 0s, ${shelf} }
  wire: { type: link, to: front, latency: 0s }
  front: { type: load-balancer, targets: [web] }
  web: { type: service, cores: 64, endpoints: { page: [{ call: pages.read }] } }
  pages: { type: database, read: 0s, write: 0s }
run: ${run}
`
  const countsOf = async (shelf: string, edit = 'pages', run?: string, capacity?: number) => {
    const { design } = readDesign(text(shelf, edit, run, capacity), catalogue)
    const { blocks } = await simulate(design as never, {
      runner: async (tasks) => tasks.map((task) => replicate(task)),
      longer: false,
    })
    const counters = blocks.find(({ name }) => name === 'shelf')?.counters ?? []
    return Object.fromEntries(counters.map(({ name, count }) => [name, count])) as Record<string, number>
  }
  const uT = 600 / 200

  // Every entry lives for T, and a change reaches it with a probability of q: ages fall off as e^(−qua) up to T, and what is a
  // old is stale with a probability of 1 − e^(−(1−q)ua). 8,000 keys.
  it.each([0.25, 0.75, 1])('begins as stale as it is in the long run (%d of the invalidations lost)', async (lost) => {
    const { shown = 0, stale = 0, hits = 0 } = await countsOf(`invalidation: { lost: ${lost * 100}% }`)
    const q = 1 - lost
    const life = q === 0 ? 1 : (1 - Math.exp(-q * uT)) / (q * uT)
    const expected = 1 - (1 - Math.exp(-uT)) / uT / life
    expect(Math.abs(stale / hits - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 8_000))
    const cycle = life * 600 * 0.2
    const missed = 1 / (cycle + 1)
    expect(Math.abs(1 - hits / shown - missed)).toBeLessThan(4 * Math.sqrt(missed / 8_000))
  })

  it('begins as stale where a service makes what it keeps out of what is stored, behind a link and a balancer', async () => {
    const { shown = 0, stale = 0, hits = 0 } = await countsOf('of: wire.page')
    const expected = 1 - (1 - Math.exp(-uT)) / uT
    expect(shown).toBeGreaterThan(7_000)
    expect(Math.abs(stale / hits - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 8_000))
  })

  it('begins with nothing stale where every change goes through it, and misses what writes do not renew', async () => {
    const { shown = 0, stale = 0, misses = 0 } = await countsOf('update: write-through', 'shelf')
    expect(stale).toBe(0)
    // An entry lives until no write has come for T: (e^(uT) − 1) / u; then the next read misses, or a write comes first.
    const [lifeSeconds, reads, writes] = [((Math.exp(uT) - 1) / uT) * 600, 0.2, 1 / 200]
    const expected = 1 / (lifeSeconds * (reads + writes) + 1)
    expect(Math.abs(misses / shown / expected - 1)).toBeLessThan(4 / Math.sqrt(8_000 * expected))
  })

  it('draws no more keys than the run may take events, where it has no room for all', async () => {
    const { shown = 0, hits = 0 } = await countsOf(
      'start: warmed',
      'pages',
      '{ for: 100ms, repeat: 100, bounds: { events: 50 } }',
      199,
    )
    // A key is in if it is among 50 of 200 that are drawn with return.
    const expected = 1 - (1 - 1 / 200) ** 50
    expect(Math.abs(hits / shown - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / shown))
  })

  it('remembers no longer than it may that a key has no object', async () => {
    const absent = (shelf: string) => {
      const { design } = readDesign(
        text(shelf, 'pages', '{ for: 5s, repeat: 20 }')
          .replace('read: 0s', 'read: 0s, absent: 50%')
          .replace(/.*editors.*\n/, ''),
        catalogue,
      )
      return simulate(design as never, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
    }
    for (const [shelf, cycle] of [
      ['', 0],
      ['negative-ttl: 4s', 4 * 0.2],
    ] as const) {
      const { blocks } = await absent(shelf)
      const counters = blocks.find(({ name }) => name === 'shelf')?.counters ?? []
      const count = (name: string) => counters.find((counter) => counter.name === name)?.count ?? 0
      const ratio = count('hits') / (count('hits') + count('misses'))
      expect(Math.abs(ratio - (0.5 * 120) / 121 - (0.5 * cycle) / (cycle + 1))).toBeLessThan(0.1)
    }
  })
})
