import type { UniformSource } from '../support/distributions/distribution.ts'

const twoTo32 = 4294967296
const twoToMinus53 = 1 / 9007199254740992

/** Two 32-bit words to a number in the open interval (0, 1) with 53 random bits. */
function uniformFrom(high: number, low: number): number {
  return ((high >>> 5) * 67108864 + (low >>> 6) + 0.5) * twoToMinus53
}

/** Finaliser of MurmurHash3 (Appleby, public domain): spreads every bit of a word over the whole word. */
export function scramble(word: number): number {
  let h = word | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** A 32-bit name for a text: FNV-1a, scrambled, so that neighbouring names share nothing. */
export function hashName(name: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ scramble(seed)
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return scramble(hash)
}

/** A 32-bit name for "that, and within it this": order matters. */
export function hashPair(outer: number, inner: number): number {
  return scramble(Math.imul(outer, 0x9e3779b1) + scramble(inner + 0x7f4a7c15))
}

/**
 * A sequence of random numbers of its own for each name: sfc32 (Chris Doty-Humphrey, PractRand), seeded by the run's
 * seed, the replication and the name. What happens in one stream never shifts another.
 */
export class Stream implements UniformSource {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number, replication: number, name: string) {
    this.a = hashPair(hashName(name, 1), seed)
    this.b = hashPair(hashName(name, 2), replication)
    this.c = hashPair(hashPair(seed, Math.floor(seed / twoTo32)), hashPair(hashName(name, 3), replication))
    for (let i = 0; i < 15; i++) this.word()
  }

  /** A uniform number in (0, 1). */
  next(): number {
    const high = this.word()
    return uniformFrom(high, this.word())
  }

  /** A whole number from 0 up to but not including `count`; every one equally likely (to 2⁻³²·count). */
  below(count: number): number {
    return Math.floor(((this.word() >>> 0) / twoTo32) * count)
  }

  private word(): number {
    const sum = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum
  }
}

/**
 * Random numbers that belong to a request and not to a moment: a counter-based generator of (seed, request, call path,
 * site). Whatever else changes in a design, the same request draws the same size, key and work, so that comparisons
 * stay paired.
 *
 * Threefry-2x32 with 13 rounds (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
 */
export class KeyedRandom implements UniformSource {
  private readonly seedLow: number
  private readonly seedHigh: number
  private key = 0
  private callPath = 0
  private site = 0
  private draw = 0

  constructor(seed: number, replication: number) {
    this.seedLow = hashPair(seed, replication)
    this.seedHigh = hashPair(Math.floor(seed / twoTo32) ^ 0x5bd1e995, hashPair(replication, seed))
  }

  /** Points at the numbers of one site (a hash: block and step) of one request on one path through the system. */
  at(request: number, callPath: number, site: number): this {
    this.key = this.seedHigh ^ request ^ Math.imul(Math.floor(request / twoTo32), 0x9e3779b1)
    this.callPath = callPath
    this.site = site
    this.draw = 0
    return this
  }

  /** The next uniform number in (0, 1) of the place pointed at. */
  next(): number {
    const k0 = this.seedLow
    const k1 = this.key
    const k2 = k0 ^ k1 ^ 0x1bd11bda
    let x = (this.callPath + k0) | 0
    let y = (this.site + Math.imul(this.draw++, 0x9e3779b1) + k1) | 0
    x = (x + y) | 0
    y = ((y << 13) | (y >>> 19)) ^ x
    x = (x + y) | 0
    y = ((y << 15) | (y >>> 17)) ^ x
    x = (x + y) | 0
    y = ((y << 26) | (y >>> 6)) ^ x
    x = (x + y) | 0
    y = ((y << 6) | (y >>> 26)) ^ x
    x = (x + k1) | 0
    y = (y + k2 + 1) | 0
    x = (x + y) | 0
    y = ((y << 17) | (y >>> 15)) ^ x
    x = (x + y) | 0
    y = ((y << 29) | (y >>> 3)) ^ x
    x = (x + y) | 0
    y = ((y << 16) | (y >>> 16)) ^ x
    x = (x + y) | 0
    y = ((y << 24) | (y >>> 8)) ^ x
    x = (x + k2) | 0
    y = (y + k0 + 2) | 0
    x = (x + y) | 0
    y = ((y << 13) | (y >>> 19)) ^ x
    x = (x + y) | 0
    y = ((y << 15) | (y >>> 17)) ^ x
    x = (x + y) | 0
    y = ((y << 26) | (y >>> 6)) ^ x
    x = (x + y) | 0
    y = ((y << 6) | (y >>> 26)) ^ x
    x = (x + k0) | 0
    y = (y + k1 + 3) | 0
    x = (x + y) | 0
    y = ((y << 17) | (y >>> 15)) ^ x
    return uniformFrom(x, y)
  }
}
