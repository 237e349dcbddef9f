import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../experiment/catalogue.ts'
import { replicate } from '../../../experiment/replicate.ts'
import { simulate } from '../../../experiment/simulate.ts'
import { Zipf } from '../../../kernel/zipf.ts'
import { readDesign } from '../../../language/read-design.ts'
import { unspaced } from '../../spacing.ts'
import { EntryNumbers } from '../shelf/entry-numbers.ts'
import { PastEntries, type PastEntriesOptions } from './past-entries.ts'

const keys = 20_000
const popularity = new Zipf(0.9, keys)
const ttlMs = 3000
const optionsOf = (own: Partial<PastEntriesOptions> = {}): PastEntriesOptions => ({
  numbers: new EntryNumbers(['read']),
  kinds: [
    {
      keys,
      meanWeight: 2,
      ratesOf: (key) => ({ reads: popularity.shareOf(key), spacing: unspaced, drops: 0, reloads: 0, writes: 0 }),
    },
  ],
  lifetimes: { ttlMs, jitter: 0, sliding: false, graceMs: 0, renewFrom: Number.POSITIVE_INFINITY, absentMs: 0 },
  weightOf: () => 2,
  startMs: 0,
  keepsExpired: false,
  has: () => true,
  lifeMsOf: () => ttlMs,
  seed: 1,
  replication: 1,
  hash: 1,
  ...own,
})

describe('entries that are drawn when their key is touched', () => {
  it('take the room that is expected of them, whether some were touched before that is requested or not', () => {
    const [asked, touched] = [new PastEntries(optionsOf()), new PastEntries(optionsOf())]
    const before = asked.untouchedWeight
    const weights = Array.from({ length: 100 }, (_, i) => touched.touch(i + 1)?.weight ?? 0)
    for (let key = 1; key <= 100; key++) asked.touch(key)
    expect(touched.untouchedWeight).toBe(asked.untouchedWeight)
    expect(touched.untouchedWeight).toBe(before - weights.reduce((sum, weight) => sum + weight, 0))
  })
  it('are there as often, and as old, as the renewal of an entry says', () => {
    const past = new PastEntries(optionsOf())
    let [found, expected, variance, ages] = [0, 0, 0, 0]
    for (let key = 1; key <= keys; key++) {
      const asked = popularity.shareOf(key) * ttlMs
      expected += asked / (1 + asked)
      variance += asked / (1 + asked) ** 2
      const entry = past.touch(key)
      if (entry === null) continue
      found++
      ages -= entry.bornMs
      expect(entry.expiresMs - entry.bornMs).toBeCloseTo(ttlMs, 6)
    }
    expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(variance))
    expect(Math.abs(ages / found - ttlMs / 2)).toBeLessThan((4 * ttlMs) / Math.sqrt(12 * found))
  })

  it('are drawn once, and the same in whatever order keys are touched', () => {
    const [one, other] = [new PastEntries(optionsOf()), new PastEntries(optionsOf())]
    const order = [5, 3, 900, 1, 7]
    const first = new Map(order.map((key) => [key, one.touch(key)]))
    for (const key of order.toReversed()) expect(other.touch(key)).toEqual(first.get(key))
    for (const key of order) expect(one.touch(key)).toBe(null)
  })

  it('weigh, touched or not, what is expected of all', () => {
    const past = new PastEntries(optionsOf())
    const before = past.untouchedWeight
    let expected = 0
    let weight = 0
    for (let key = 1; key <= keys; key++) {
      const asked = popularity.shareOf(key) * ttlMs
      expected += (2 * asked) / (1 + asked)
      weight += past.touch(key)?.weight ?? 0
    }
    expect(Math.abs(before / expected - 1)).toBeLessThan(0.01)
    expect(past.untouchedWeight).toBeLessThan(Math.abs(before - weight) + 2)
  })

  it('are all there where what is too old is kept, and none is older than said but one in thousands', () => {
    const past = new PastEntries(optionsOf({ keepsExpired: true }))
    let older = 0
    for (let key = 1; key <= keys; key++) {
      const entry = past.touch(key)
      expect(entry).not.toBe(null)
      if ((entry?.bornMs ?? 0) < past.oldestMs) older++
    }
    expect(older).toBeLessThan(keys / 1000)
  })

  it('are not there for keys of other nodes, or that have no object', () => {
    const past = new PastEntries(
      optionsOf({ keepsExpired: true, has: (key) => key !== 1, lifeMsOf: (key) => (key === 2 ? 0 : ttlMs) }),
    )
    expect([past.touch(1), past.touch(2), past.touch(keys + 1)]).toEqual([null, null, null])
  })
})

const runner = async (tasks: Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))

/** What the points of a CDN in front of rarely changed files have counted, from the first moment on. */
async function countsOfPoints() {
  const { design } = readDesign(
    `loadpath: 1
name: points
traffic:
  readers: { rate: 500/s, requests: { read: { to: cdn, key: zipf 0.9 over 30k } } }
  editors: { rate: 5/s, requests: { edit: { to: files.write, key: zipf 0.9 over 30k } } }
blocks:
  cdn: { type: cdn, of: files, pops: 5, capacity: 2GiB, ttl: 20s, origin-latency: 0s }
  files: { type: database, read: 0s, write: 0s, connections: unlimited, object-size: 10KiB }
run: { for: 4s, repeat: 40 }
`,
    catalogue,
  )
  const { blocks } = await simulate(design as never, { runner: runner as never, longer: false })
  const counters = blocks.find(({ name }) => name === 'cdn')?.counters ?? []
  return Object.fromEntries(counters.map(({ name, count }) => [name, count])) as Record<string, number>
}

// A key read at rate λ at each point and changed at rate u: its entry is loaded or validated every T + 1/λ, stale at age a with
// probability 1 − e^(−ua), and still good at the end with probability e^(−uT) λ / (λ + u).
it('show and validate at a CDN, from the first moment, as by hand', async () => {
  const counts = await countsOfPoints()
  const zipf = new Zipf(0.9, 30_000)
  const [life, points] = [20, 5]
  let [reads, hits, stale, good] = [0, 0, 0, 0]
  for (let key = 1; key <= 30_000; key++) {
    const read = (500 / points) * zipf.shareOf(key)
    const changed = 5 * zipf.shareOf(key)
    const perCycle = 1 / (life + 1 / read)
    reads += read
    hits += read * life * perCycle
    stale += read * perCycle * (life - (1 - Math.exp(-changed * life)) / changed)
    good += perCycle * Math.exp(-changed * life) * (read / (read + changed))
  }
  const asked = (counts.hits ?? 0) + (counts.misses ?? 0)
  const near = (found: number, of: number, share: number) =>
    expect(Math.abs(found / of - share), `${found / of} for ${share}`).toBeLessThan(
      5 * Math.sqrt((share * (1 - share)) / of),
    )
  expect(asked).toBeGreaterThan(70_000)
  near(counts.hits ?? 0, asked, hits / reads)
  near(counts.stale ?? 0, counts.hits ?? 0, stale / hits)
  near(counts['not-modified'] ?? 0, counts['origin-calls'] ?? 0, good / (reads - hits))
})

// What is read here is written there: how often a key changes depends on how often it is missed, and the other way round.
it('end where a cache requests writes of what it keeps', async () => {
  const { design } = readDesign(
    `loadpath: 1
name: in a circle
traffic: { t: { rate: 20/s, requests: { put: { to: cdn.read, key: uniform over 3 } } } }
blocks:
  cdn: { type: cdn, of: files.write, capacity: 1MiB, names: versioned }
  files: { type: database }
run: { for: 1s, repeat: 2 }
`,
    catalogue,
  )
  const { requests } = await simulate(design as never, { runner: runner as never, longer: false })
  expect(requests[0]?.ledger.offered).toBeGreaterThan(10)
})
