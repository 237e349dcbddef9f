import { expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { Zipf } from '../../kernel/zipf.ts'
import { readDesign } from '../../language/read-design.ts'
import type { UniformSource } from '../../support/distributions/distribution.ts'
import { testingSource } from '../../support/testing-source.ts'
import { unspaced } from '../spacing.ts'
import { chooseEviction } from './eviction/choose.ts'
import { evictions } from './eviction/index.ts'
import { EntryStandIns } from './long-run/entry-stand-ins.ts'
import type { KeyRates } from './long-run/key-rates.ts'
import { settle } from './long-run/settling.ts'
import { StandIns } from './long-run/stand-ins.ts'
import { warmByDistribution } from './long-run/stationary-warming.ts'
import { EntryNumbers } from './shelf/entry-numbers.ts'
import { Shelf } from './shelf/shelf.ts'
import { forEver } from './testing-bench.ts'

const keys = 100_000
const capacity = 10_000
const popularity = new Zipf(0.9, keys)

function shelfOf(name: string, source: UniformSource): Shelf {
  const { policy, values } = chooseEviction(name as 'lru')
  return new Shelf({
    capacity,
    evictor: (slots) => policy.create(values, slots),
    random: source,
    lives: source,
    lifetimes: forEver,
  })
}

function ratesOf(key: number): KeyRates {
  return { reads: popularity.shareOf(key), spacing: unspaced, drops: 0, reloads: 0, writes: 0 }
}

function hitsOf(shelf: Shelf, draws: number, source: UniformSource): number {
  let hits = 0
  for (let i = 0; i < draws; i++) {
    const key = popularity.sample(source)
    if (shelf.find(key, 0) >= 0) hits++
    else shelf.fill(key, 1, 0, 0)
  }
  return hits
}

/** Warmed by distribution, and then asked: reads of a key at its share per ms. */
function withStandIns(name: string, layout: number, draws: number): number {
  const source = testingSource(layout + 100)
  const shelf = shelfOf(name, source)
  const standIns = new StandIns(keys, 1024, layout)
  const entries = new EntryStandIns(new EntryNumbers(['read']), [standIns])
  shelf.standIns = entries
  const { holds } = evictions.get(name)
  const [staysMs] = warmByDistribution([shelf], () => 0, [
    {
      keys,
      entryOf: (key) => key,
      standIns,
      ratesOf,
      mostRatesFrom: ratesOf,
      entries: capacity,
      lifetimes: forEver,
      weightOf: () => 1,
      holds: holds ?? 'recency',
      expiredLives: Number.POSITIVE_INFINITY,
      random: source,
      startMs: 0,
    },
  ])
  if (holds === undefined)
    settle(entries, {
      rateOf: (key) => popularity.shareOf(key),
      shelfOf: () => shelf,
      weightOf: () => 1,
      staysMs: staysMs as number,
      random: source,
    })
  return hitsOf(shelf, draws, source)
}

const fitting = evictions.members.filter(({ standInError }) => standInError !== undefined).map(({ name }) => name)

it.each(fitting)('a cache by %s with stand-ins hits as often as one that keeps every key', (name) => {
  const source = testingSource(1)
  const whole = shelfOf(name, source)
  hitsOf(whole, 400_000, source)
  const exact = hitsOf(whole, 200_000, source) / 200_000
  const layouts = 10
  let hits = 0
  for (let layout = 0; layout < layouts; layout++) hits += withStandIns(name, layout, 20_000)
  const error = evictions.get(name).standInError as number
  // Four standard errors of the two counts, and what is said of the method.
  expect(Math.abs(hits / (layouts * 20_000) - exact) * 100).toBeLessThan(error + 400 * Math.sqrt((0.25 * 2) / 200_000))
})

/** Che's approximation over groups of neighbouring ranks. */
function cheOfMany(exponent: number, count: number, room: number): number {
  const zipf = new Zipf(exponent, count)
  const groups: { size: number; share: number }[] = []
  for (let first = 1; first <= count; ) {
    const size = Math.min(Math.max(1, Math.floor(first / 200)), count - first + 1)
    groups.push({ size, share: zipf.shareOf(first + (size - 1) / 2) })
    first += size
  }
  let [low, high] = [0, 1e13]
  for (let i = 0; i < 200; i++) {
    const time = (low + high) / 2
    const used = groups.reduce((sum, { size, share }) => sum + size * (1 - Math.exp(-share * time)), 0)
    if (used < room) low = time
    else high = time
  }
  return groups.reduce((sum, { size, share }) => sum + size * share * (1 - Math.exp(-share * low)), 0)
}

it.each([
  ['50M', 5e7, '500k'],
  ['50M', 5e7, '5M'],
  ['1G', 1e9, '10M'],
  ['1G', 1e9, '260M'],
])('a cache in front of %s keys hits as Che says from the first moment', async (space, count, room) => {
  const { design } = readDesign(
    `loadpath: 1
name: large
traffic: { t: { rate: 1000/s, requests: { page: { to: c.read, key: zipf 0.9 over ${space} } } } }
blocks:
  db: { type: database, read: 0s, connections: unlimited }
  c: { type: cache, of: db, capacity: ${room}, compute: 0s }
run: { for: 4s, repeat: 20 }
`,
    catalogue,
  )
  const runner = async (tasks: Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { blocks } = await simulate(design as never, { runner: runner as never, longer: false })
  const { hitRatio } = blocks.find(({ name }) => name === 'c') as { hitRatio: { point: number } }
  const units = { k: 1e3, M: 1e6, G: 1e9 }
  const expected = cheOfMany(0.9, count, Number.parseFloat(room) * units[room.at(-1) as keyof typeof units])
  expect(Math.abs(hitRatio.point - expected) * 100).toBeLessThan(0.7)
})

// Che's approximation for both streams: T fills 1,000 entries, nearly all of them with what is written once.
it('a cache that writes fill begins with what they leave room for', async () => {
  const { design } = readDesign(
    `loadpath: 1
name: written and never read
traffic:
  readers: { rate: 50/s, requests: { page: { to: album.read, key: zipf 0.8 over 1000 } } }
  writers: { rate: 500/s, requests: { log: { to: album.write, key: uniform over 100k } } }
blocks:
  album: { type: cache, of: data, update: write-through, capacity: 1000, compute: 0s }
  data: { type: database, connections: unlimited, read: 0s, write: 0s }
run: { for: 2s, repeat: 15 }
`,
    catalogue,
  )
  const runner = async (tasks: Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { blocks } = await simulate(design as never, { runner: runner as never, longer: false })
  const { hitRatio } = blocks.find(({ name }) => name === 'album') as { hitRatio: { point: number } }
  const zipf = new Zipf(0.8, 1000)
  const written = 500 / 100_000
  const shares = Array.from({ length: 1000 }, (_, i) => zipf.shareOf(i + 1))
  const inAt = (share: number, seconds: number) => 1 - Math.exp(-(50 * share + written) * seconds)
  let [low, high] = [0, 100]
  for (let i = 0; i < 60; i++) {
    const seconds = (low + high) / 2
    const used = shares.reduce((sum, share) => sum + inAt(share, seconds), 99_000 * inAt(0, seconds))
    if (used < 1000) low = seconds
    else high = seconds
  }
  const expected = shares.reduce((sum, share) => sum + share * inAt(share, low), 0)
  expect(Math.abs(hitRatio.point - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 1500))
})

// A key is there if it was requested within Tc, which fills the room; still good if nothing has changed it since it was loaded.
it('points that have room for some of the files ask as often as by hand whether these are still good', async () => {
  const count = 400_000
  const { design } = readDesign(
    `loadpath: 1
name: two points
traffic:
  readers: { rate: 1000/s, requests: { read: { to: cdn, key: zipf 0.9 over ${count} } } }
  editors: { rate: 5/s, requests: { edit: { to: files.write, key: zipf 0.9 over ${count} } } }
blocks:
  cdn: { type: cdn, of: files, pops: 2, capacity: 150MiB, ttl: 20s, origin-latency: 0s }
  files: { type: database, read: 0s, write: 0s, connections: unlimited, object-size: 1KiB }
run: { for: 4s, repeat: 20 }
`,
    catalogue,
  )
  const runner = async (tasks: Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { blocks } = await simulate(design as never, { runner: runner as never, longer: false })
  const counters = blocks.find(({ name }) => name === 'cdn')?.counters ?? []
  const counts = Object.fromEntries(counters.map(({ name, count }) => [name, count])) as Record<string, number>
  const zipf = new Zipf(0.9, count)
  const shares = Array.from({ length: count }, (_, i) => zipf.shareOf(i + 1))
  const room = (150 * 1024) as number
  let [low, high] = [0, 1e7]
  for (let i = 0; i < 60; i++) {
    const seconds = (low + high) / 2
    if (shares.reduce((sum, share) => sum + 1 - Math.exp(-500 * share * seconds), 0) < room) low = seconds
    else high = seconds
  }
  let [misses, good] = [0, 0]
  for (const share of shares) {
    const [read, changed] = [500 * share, 5 * share]
    const perCycle = 1 / (20 + 1 / read)
    misses += perCycle
    good += perCycle * Math.exp(-changed * 20) * (read / (read + changed)) * (1 - Math.exp(-(read + changed) * low))
  }
  const found = (counts['not-modified'] ?? 0) / (counts['origin-calls'] ?? 0)
  expect(
    Math.abs(1 - (counts.hits ?? 0) / ((counts.hits ?? 0) + (counts.misses ?? 0)) - misses / 500) * 100,
  ).toBeLessThan(0.5)
  expect(Math.abs(found - good / misses) * 100).toBeLessThan(1)
})
