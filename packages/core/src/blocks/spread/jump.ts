import { type KeyHash, spread } from './spread.ts'

const twoTo31 = 2147483648

/** 2862933555777941757, the multiplier of L'Ecuyer's 64-bit generator that the paper uses. */
const multiplierHigh = 0x27bb2ee6
const multiplierLow = 0x87b0b0fd

/** The bucket of a key among `buckets`: 64 bits, in two words, whose hash the key itself is taken to be. */
export function jumpHash(key: KeyHash, buckets: number): number {
  let { high, low } = key
  let bucket = 0
  for (let next = 0; next < buckets; ) {
    bucket = next
    const carried = high
    high = (multiplyHigh(low, multiplierLow) + Math.imul(low, multiplierHigh) + Math.imul(carried, multiplierLow)) | 0
    low = Math.imul(low, multiplierLow)
    low = (low + 1) | 0
    if (low === 0) high = (high + 1) | 0
    next = Math.floor((bucket + 1) * (twoTo31 / ((high >>> 1) + 1)))
  }
  return bucket
}

/** The upper 32 bits of the product of two unsigned words. */
function multiplyHigh(one: number, other: number): number {
  const [a, b] = [one >>> 16, one & 0xffff]
  const [c, d] = [other >>> 16, other & 0xffff]
  const middle = b * c + Math.floor((b * d) / 65536)
  const carried = a * d + (middle % 65536)
  return (a * c + Math.floor(middle / 65536) + Math.floor(carried / 65536)) | 0
}

export const jump = spread({
  name: 'jump',
  title: 'Jump consistent hash',
  summary:
    'A short loop that sends a key from bucket to bucket, further each time, until it would leave the number of buckets there are.',
  source: 'J. Lamping, E. Veach, "A fast, minimal memory, consistent hash algorithm", 2014, arXiv:1406.2294',
  goodFor: 'nodes that are only ever added or taken away at the end: even shares, no memory, 1 of n keys move',
  costs: 'buckets are numbered: when one in the middle is lost, all behind it change their number and most keys move',
  seenIn: ['Google internal stores', 'ClickHouse `jumpConsistentHash`', 'Apache Doris'],
  params: {},
  create: () => {
    let count = 1
    return {
      placeOf: (hash) => jumpHash(hash, count),
      onMembers(members) {
        count = members.length
      },
    }
  },
})
