import { hashPair } from '../../../kernel/random.ts'

/** Most popular keys that stand for themselves alone, where one cache sees them all. */
const usualAlone = 4096
/** And the fewest, where many caches see all of them. */
const fewestAlone = 1024

/**
 * Entries of all caches together beyond which stand-ins take the place of keys: fewer where the policy is slow to settle, as
 * every replication waits for that. Of few keys they would save nothing.
 */
const mostExact = { fast: 200_000, slow: 20_000 } as const
const fewKeys = 4 * usualAlone
/** A cache that holds fewer entries for each key that stands alone is too small for keys that weigh as much as several. */
const fewestEntries = 4

/**
 * How many keys stand for themselves alone in a cache of this many entries; null where every key does.
 * @param nodes caches that each see all keys
 * @param settles how soon the policy keeps what it does in the long run
 */
export function aloneOf(
  keys: number,
  entries: number,
  nodes: number,
  settles: keyof typeof mostExact = 'fast',
): number | null {
  if (keys <= fewKeys || Math.min(keys, entries) * nodes <= mostExact[settles]) return null
  let alone = usualAlone
  for (let shared = nodes; shared > 1 && alone > fewestAlone; shared /= 2) alone /= 2
  return alone
}

/**
 * The same where caches before it have stand-ins already: reads of keys that these let pass in bunches are looked up as
 * bunches, so the same keys stand alone.
 */
export function aloneBehind(before: number | null, own: number | null, entries: number): number | null {
  if (before === null) return own
  if (own !== null) return Math.min(before, own)
  return entries < before * fewestEntries ? null : before
}

/**
 * Keys of a large key space that stand for others in a cache. Keys below `alone` stand for themselves. Beyond, of every
 * 2^j neighbours one, chosen by a hash, stands for all: it weighs as much as they do together, and lives by its own reads
 * at its own rate. Reads of the others only look at it. So a cache of ten million entries takes a hundred thousand, and
 * hits as often; popularity must fall smoothly with the key.
 *
 * A stand-in among 2^j is one among 2^(j-1) too: caches behind one another keep the same keys.
 */
export class StandIns {
  readonly keys: number
  readonly alone: number
  /** For every halving of a group. */
  private readonly salts: readonly number[]

  /** @param keys whole numbers from 1 to this, at most 2^31  @param alone a power of two  @param layout chooses among neighbours */
  constructor(keys: number, alone: number, layout: number) {
    this.keys = keys
    this.alone = alone
    this.salts = Array.from({ length: 32 }, (_, left) => hashPair(layout, left))
  }

  /** Number of stand-ins. */
  get size(): number {
    let size = Math.min(this.keys, this.alone * 2 - 1)
    for (let level = 1; this.alone * (1 << level) <= this.keys; level++)
      size += Math.min(this.alone, Math.ceil((this.keys - this.alone * (1 << level) + 1) / (1 << level)))
    return size
  }

  /** The key that stands for this one. */
  of(key: number): number {
    if (key < this.alone * 2 || key > this.keys) return key
    const level = this.levelOf(key)
    return this.chosen(key >> level, level)
  }

  /** Keys that a stand-in stands for, itself among them. */
  countOf(standIn: number): number {
    if (standIn < this.alone * 2 || standIn > this.keys) return 1
    const level = this.levelOf(standIn)
    const first = (standIn >> level) << level
    return Math.min(1 << level, this.keys - first + 1)
  }

  /** The stand-ins by popularity, from 0. */
  keyAt(index: number): number {
    const { alone } = this
    const single = Math.min(this.keys, alone * 2 - 1)
    if (index < single) return index + 1
    const level = 1 + Math.floor((index - single) / alone)
    return this.chosen(alone + ((index - single) % alone), level)
  }

  /** Runs `each` for every stand-in, the most popular first, with the number of keys that it stands for. */
  forEach(each: (standIn: number, count: number) => void): void {
    const { keys, alone } = this
    for (let key = 1; key <= Math.min(keys, alone * 2 - 1); key++) each(key, 1)
    for (let level = 1; alone * (1 << level) <= keys; level++) {
      const size = 1 << level
      for (let first = alone * size; first < alone * size * 2 && first <= keys; first += size)
        each(this.chosen(first / size, level), Math.min(size, keys - first + 1))
    }
  }

  /** 2^level neighbours share a stand-in: from 2 × alone on two of them, from 4 × alone on four. */
  private levelOf(key: number): number {
    return 31 - Math.clz32(key / this.alone)
  }

  /** The member of a group that stands for it: one half after the other is chosen, as far as there are keys. */
  private chosen(group: number, level: number): number {
    let key = group
    for (let left = level - 1; left >= 0; left--) {
      // The finaliser of MurmurHash3, shortened: only its highest bit is wanted.
      const mixed = Math.imul(key ^ (this.salts[left] as number), 0x85ebca6b)
      const right = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) < 0 && (key * 2 + 1) * (1 << left) <= this.keys
      key = key * 2 + (right ? 1 : 0)
    }
    return key
  }
}
