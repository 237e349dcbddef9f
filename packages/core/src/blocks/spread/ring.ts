import { hashPair } from '../../kernel/random.ts'
import { count } from '../../support/params.ts'
import { type KeyHash, type Spreader, spread } from './spread.ts'

/** A place is its hash and its owner in one number, which sorts a million of them many times as fast as objects: 32 + 21 bits. */
const mostMembers = 2 ** 21

/** Nodes on a ring, each at several places by hash. Places are numbered from 0 in the order of their hashes. */
export class Ring implements Spreader {
  private readonly points: number
  private readonly salt: number
  private places = new Uint32Array(0)
  private owners = new Int32Array(0)

  constructor(points: number, salt: number) {
    this.points = points
    this.salt = salt
  }

  onMembers(members: readonly number[]): void {
    const { points } = this
    const all = new Float64Array(members.length * points)
    members.forEach((node, position) => {
      const own = hashPair(this.salt, node + 1)
      for (let point = 0; point < points; point++)
        all[position * points + point] = (hashPair(own, point) >>> 0) * mostMembers + position
    })
    all.sort()
    this.places = Uint32Array.from(all, (place) => Math.floor(place / mostMembers))
    this.owners = Int32Array.from(all, (place) => place % mostMembers)
  }

  placeOf({ high }: KeyHash): number {
    return this.ownerOf(this.placeAfter(high))
  }

  /** The first place at or after a hash, round the ring. */
  placeAfter(high: number): number {
    const { places } = this
    const hash = high >>> 0
    let from = 0
    let to = places.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((places[middle] as number) < hash) from = middle + 1
      else to = middle
    }
    return from === places.length ? 0 : from
  }

  placeBehind(place: number): number {
    return place + 1 < this.places.length ? place + 1 : 0
  }

  /** The node at a place, as a position among the members. */
  ownerOf(place: number): number {
    return this.owners[place] as number
  }
}

export const ring = spread({
  name: 'ring',
  title: 'Consistent-hash ring',
  summary:
    'Every node has `virtual-nodes` places on a ring, by hash; a key belongs to the node whose place comes next after the hash of the key.',
  source: 'D. Karger et al., "Consistent hashing and random trees", STOC 1997',
  goodFor: 'nodes that come and go, also in the middle: only the keys of that node move, k of n, and to all the others',
  costs: 'uneven shares: their standard deviation is about 1 / √virtual-nodes of the mean',
  seenIn: ['libketama (memcached)', 'Amazon Dynamo', 'Apache Cassandra', 'Envoy `RING_HASH`'],
  aliases: ['consistent-hashing', 'ketama', 'hash-ring'],
  params: {
    'virtual-nodes': count({
      meaning: 'places of each node on the ring',
      formerly: 'points',
      default: 160,
      min: 1,
      max: 10_000,
      source: 'libketama: 160 points for each server of average weight',
    }),
  },
  create: ({ 'virtual-nodes': points }, salt) => new Ring(points, salt),
})
