import { larger } from './key-ids.ts'

/**
 * How often a cache that evicts what was not requested for the longest time (LRU, objects of one size) hits, for all its sizes
 * in one pass: a request hits in a cache of c entries exactly if fewer than c other keys were requested since the last
 * request for its key. Counted with one bit a position, set at the last request for each key, and a Fenwick tree over
 * words of 32 of them; positions are numbered again when they run out, so that memory grows with keys and not with requests.
 *
 * Source: R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, "Evaluation techniques for storage hierarchies", IBM
 * Systems Journal 9(2), 1970; the tree after B. T. Bennett, V. J. Kruskal, "LRU stack processing", 1975.
 */
export class StackDistances {
  requests = 0
  /** Requests for a key that had not been requested before. */
  firsts = 0
  /** By distance from 1: the smallest cache that hits. */
  private hits = new Float64Array(1024)
  /** Position of the last request by key, or -1. */
  private positions = new Int32Array(1024).fill(-1)
  private owners = new Int32Array(4096)
  private bits = new Int32Array(128)
  private tree = new Int32Array(129)
  private next = 0

  take(ids: Int32Array, length: number): void {
    this.requests += length
    for (let i = 0; i < length; i++) this.ask(ids[i] as number)
  }

  /** Hits of a cache with so many entries. */
  hitsOf(entries: number): number {
    return this.curve([entries])[0]?.hits ?? 0
  }

  /** The same for many sizes at once, ascending. */
  curve(sizes: readonly number[]): readonly { readonly entries: number; readonly hits: number }[] {
    let sum = 0
    let distance = 1
    return sizes.map((entries) => {
      for (; distance <= entries && distance <= this.firsts; distance++) sum += this.hits[distance] as number
      return { entries, hits: sum }
    })
  }

  private ask(id: number): void {
    if (this.next === this.owners.length) this.renumber()
    if (id >= this.positions.length) {
      const had = this.positions.length
      this.positions = larger(this.positions, Math.max(id + 1, had * 2)).fill(-1, had)
    }
    const before = this.positions[id] as number
    if (before < 0) {
      this.firsts++
      if (this.firsts >= this.hits.length) this.hits = larger(this.hits, this.hits.length * 2)
    } else {
      // Keys whose last request came after this one's: all that are set, less those up to its position.
      const distance = this.firsts - this.setUpTo(before) + 1
      this.hits[distance] = (this.hits[distance] as number) + 1
      this.flip(before, -1)
    }
    this.positions[id] = this.next
    this.owners[this.next] = id
    this.flip(this.next++, 1)
  }

  /** Bits set from the first position up to and including this one. */
  private setUpTo(position: number): number {
    const word = position >>> 5
    let sum = bitsIn((this.bits[word] as number) & (0xffffffff >>> (31 - (position & 31))))
    for (let node = word; node > 0; node &= node - 1) sum += this.tree[node] as number
    return sum
  }

  private flip(position: number, by: number): void {
    const word = position >>> 5
    this.bits[word] = (this.bits[word] as number) ^ (1 << (position & 31))
    const { tree } = this
    for (let node = word + 1; node < tree.length; node += node & -node) tree[node] = (tree[node] as number) + by
  }

  /** Closes the gaps: keys keep their order, and there is room for at least as many requests as there are keys. */
  private renumber(): void {
    const { owners, positions } = this
    let kept = 0
    for (let position = 0; position < this.next; position++) {
      const id = owners[position] as number
      if (positions[id] !== position) continue
      owners[kept] = id
      positions[id] = kept++
    }
    this.next = kept
    let room = owners.length
    while (room < 4 * kept) room *= 2
    this.owners = larger(owners, room)
    this.bits = new Int32Array(room >>> 5)
    this.tree = new Int32Array((room >>> 5) + 1)
    for (let position = 0; position < kept; position++) {
      this.bits[position >>> 5] = (this.bits[position >>> 5] as number) | (1 << (position & 31))
    }
    for (let node = 1; node < this.tree.length; node++) {
      this.tree[node] = (this.tree[node] as number) + bitsIn(this.bits[node - 1] as number)
      const parent = node + (node & -node)
      if (parent < this.tree.length) this.tree[parent] = (this.tree[parent] as number) + (this.tree[node] as number)
    }
  }
}

/** Bits that are set in a word: H. S. Warren, "Hacker's Delight", 5-1. */
function bitsIn(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555)
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333)
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
