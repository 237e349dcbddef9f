import { describe, expect, it } from 'vitest'
import { Zipf } from '../../../kernel/zipf.ts'
import { exp } from '../../../support/elementary.ts'
import { testingSource } from '../../../support/testing-source.ts'
import { unspaced } from '../../spacing.ts'
import { chooseEviction } from '../eviction/choose.ts'
import type { Lifetimes } from '../shelf/lifetimes.ts'
import { Shelf } from '../shelf/shelf.ts'
import { forEver } from '../testing-bench.ts'
import { Candidates } from './candidates.ts'
import type { KeyRates } from './key-rates.ts'
import { cutFor, Listing } from './listing.ts'
import { type KnownCalls, warmByDistribution } from './stationary-warming.ts'

const keys = 3000
const popularity = new Zipf(0.8, keys)
const warmings = 400
/** Neighbours in popularity that are counted together. */
const bands = [
  [1, 1],
  [2, 10],
  [11, 100],
  [101, 1000],
  [1001, 3000],
] as const

interface Case {
  readonly holds?: 'recency' | 'arrival'
  readonly lifetimes?: Lifetimes
  readonly room: number
  readonly expiredLives?: number
  readonly drops?: number
}

function ratesOf(key: number, drops = 0): KeyRates {
  return { reads: popularity.shareOf(key), spacing: unspaced, drops, reloads: 0, writes: 0 }
}

function callsOf(
  { holds = 'recency', lifetimes = forEver, room, expiredLives, drops }: Case,
  seed: number,
): KnownCalls {
  return {
    keys,
    entryOf: (key) => key,
    standIns: null,
    ratesOf: (key) => ratesOf(key, drops),
    mostRatesFrom: (key) => ratesOf(key, drops),
    lifetimes,
    weightOf: () => 1,
    entries: room,
    holds,
    expiredLives: expiredLives ?? Number.POSITIVE_INFINITY,
    random: testingSource(seed),
    startMs: 0,
  }
}

function shelfOf({ lifetimes = forEver, room }: Case, seed: number): Shelf {
  const { policy, values } = chooseEviction('lru')
  const source = testingSource(seed)
  return new Shelf({
    capacity: room,
    evictor: (slots) => policy.create(values, slots),
    random: source,
    lives: source,
    lifetimes,
  })
}

/** By band, of the keys of it the share that is in and young enough to be shown, over many warmings. */
function shownByBand(one: Case): number[] {
  const shown = bands.map(() => 0)
  for (let seed = 1; seed <= warmings; seed++) {
    const shelf = shelfOf(one, seed)
    warmByDistribution([shelf], () => 0, [callsOf(one, seed + 1000)])
    bands.forEach(([first, last], band) => {
      for (let key = first; key <= last; key++) {
        const slot = shelf.slotOf(key)
        if (slot >= 0 && shelf.entries.expiryOf(slot) > 0) shown[band] = (shown[band] as number) + 1
      }
    })
  }
  return shown.map((count, band) => {
    const [first, last] = bands[band] as (typeof bands)[number]
    return count / warmings / (last - first + 1)
  })
}

/** The same by a closed form, within four standard errors. */
function expectShown(one: Case, shareOf: (perMs: number) => number): void {
  shownByBand(one).forEach((found, band) => {
    const [first, last] = bands[band] as (typeof bands)[number]
    let sum = 0
    for (let key = first; key <= last; key++) sum += shareOf(popularity.shareOf(key))
    const expected = sum / (last - first + 1)
    const error = Math.sqrt((expected * (1 - expected)) / (warmings * (last - first + 1)))
    expect(Math.abs(found - expected), `band ${band}: ${found} for ${expected}`).toBeLessThan(4 * error + 0.002)
  })
}

/** The time within which as many entries come in as there is room for. */
function timeFilling(room: number, shareIn: (perMs: number, ms: number) => number): number {
  let [low, high] = [0, 1e9]
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    let sum = 0
    for (let key = 1; key <= keys; key++) sum += shareIn(popularity.shareOf(key), middle)
    if (sum < room) low = middle
    else high = middle
  }
  return low
}

/** Probability that no gap of a Poisson stream from 0 to `ms` is longer than `longestMs`: inclusion and exclusion. */
function noLongerGap(perMs: number, ms: number, longestMs: number): number {
  let sum = 1
  let power = 1
  for (let gaps = 1; gaps * longestMs < ms; gaps++) {
    const rest = perMs * (ms - gaps * longestMs)
    power *= -exp(-perMs * longestMs)
    const terms = rest ** (gaps - 1) / factorial(gaps - 1)
    sum += power * terms * (1 + rest / gaps)
  }
  return sum
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1)
}

describe('what is listed of the keys of a cache', () => {
  it('is in as often as Che says, by recency', () => {
    const shareIn = (perMs: number, ms: number) => 1 - exp(-perMs * ms)
    const staysMs = timeFilling(300, shareIn)
    expectShown({ room: 300 }, (perMs) => shareIn(perMs, staysMs))
  })

  it('is in as often as Gelenbe says, by arrival', () => {
    const shareIn = (perMs: number, ms: number) => (perMs * ms) / (1 + perMs * ms)
    const staysMs = timeFilling(300, shareIn)
    expectShown({ room: 300, holds: 'arrival' }, (perMs) => shareIn(perMs, staysMs))
  })

  const ttlMs = 200
  const shortLived = { ...forEver, ttlMs }

  // A read brings it in for so long: λT / (1 + λT).
  it.each([0, 2])(
    'is shown as often as it is renewed, where all fits and what is too old stays %d lives',
    (expiredLives) => {
      const one = { room: 2 * keys, lifetimes: shortLived, expiredLives }
      expectShown(one, (perMs) => (perMs * ttlMs) / (1 + perMs * ttlMs))
    },
  )

  it('is shown as often where each hit begins its life again', () => {
    const one = { room: 2 * keys, lifetimes: { ...shortLived, sliding: true }, expiredLives: 0 }
    expectShown(one, (perMs) => 1 - exp(-perMs * ttlMs))
  })

  // It is evicted at rate d, and else lives on: its life lasts (1 - e^-dT) / d.
  it('is shown as often where changes throw it out', () => {
    const drops = 1 / 150
    const livesMs = (1 - exp(-drops * ttlMs)) / drops
    const one = { room: 2 * keys, lifetimes: shortLived, expiredLives: 0, drops }
    expectShown(one, (perMs) => (perMs * livesMs) / (1 + perMs * livesMs))
  })

  // What is too old takes room until it is pushed out: a cache holds what was requested in the last so many ms.
  it('is shown as often where it is pushed out or grows too old, whichever comes first', () => {
    const staysMs = timeFilling(300, (perMs, ms) => 1 - exp(-perMs * ms))
    const one = { room: 300, lifetimes: { ...forEver, ttlMs: 4 * staysMs } }
    // A life goes on as long as no gap between two reads is longer than `staysMs`; then it begins again with the next read.
    expectShown(one, (perMs) => {
      const steps = 4000
      let livesMs = 0
      for (let step = 0; step < steps; step++)
        livesMs += (noLongerGap(perMs, ((step + 0.5) / steps) * 4 * staysMs, staysMs) * 4 * staysMs) / steps
      return livesMs / (livesMs + 1 / perMs)
    })
  })

  it('costs what is held, and not what there is', () => {
    let looked = 0
    const many = 1e6
    const zipf = new Zipf(0.9, many)
    const of = (key: number) => ({ reads: zipf.shareOf(key), spacing: unspaced, drops: 0, reloads: 0, writes: 0 })
    const ratesOf = (key: number) => {
      looked++
      return of(key)
    }
    const one = { room: 1000 }
    const calls = { ...callsOf(one, 1), keys: many, ratesOf, mostRatesFrom: of }
    const candidates = new Candidates()
    const listing = new Listing(shelfOf(one, 1), calls, candidates)
    listing.list(cutFor([listing], calls.entries, 1))
    expect(candidates.count).toBeGreaterThan(1000)
    expect(looked).toBeLessThan(5000)
  })

  it('is drawn in full where more room is left than was expected', () => {
    const shelf = shelfOf({ room: 400 }, 1)
    warmByDistribution([shelf], () => 0, [{ ...callsOf({ room: 400 }, 1), entries: 100 }])
    expect(shelf.entries.size).toBe(400)
  })
})
