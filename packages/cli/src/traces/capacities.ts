import { type Capacity, groups, type Inventory, usualSizes } from '@loadpath/core/traces'
import { mistake } from '../mistakes.ts'
import { count, known } from '../print/number.ts'
import { plural } from '../print/page.ts'
import { tie } from '../print/width.ts'
import type { Material } from './material.ts'

/** The smallest caches that a sample can stand for: such as have room for one of its keys. */
export interface Smallest {
  readonly entries: number
  /** Null where sizes are not known. */
  readonly bytes: number | null
}

/** A size at which caches are replayed. */
export interface Size {
  readonly capacity: Capacity
  /** What was requested, where a cache of the sample has whole entries and so stands for this size instead. */
  readonly asked: readonly Capacity[]
}

/** The cache of all keys that one of a sample stands for; a share of hashes is a little beside what was requested. */
function stoodFor(amount: number, share: number): number {
  return Math.ceil(amount / Number(share.toPrecision(4)))
}

export function smallestOf(material: Material): Smallest {
  const { share } = material.collector.keys
  const { distinct, distinctBytes } = material.inventory()
  return {
    entries: stoodFor(1, share),
    bytes: distinctBytes === null ? null : Math.max(1, Math.round(distinctBytes / Math.max(1, distinct) / share)),
  }
}

/** Whether a sample has room for less than one key in what stands for so large a cache; shares are those of hashes. */
export function isTooSmall({ unit, amount }: Capacity, smallest: Smallest): boolean {
  return amount < 0.99 * (smallest[unit] ?? 1)
}

/** The cache of a sample that stands for one of all keys; null if it would not have room for one of its keys. */
export function scaledDown(capacity: Capacity, material: Material, share: number): number | null {
  if (share === 1) return Math.round(capacity.amount)
  const { entries, bytes } = smallestOf(material)
  const part = share / material.collector.keys.share
  const smallest = { entries: entries / part, bytes: bytes === null ? null : bytes / part }
  return isTooSmall(capacity, smallest) ? null : Math.max(1, Math.round(capacity.amount * share))
}

/** Each size once and in order: those requested, or the usual ones. Throws `Mistakes` where they can tell nothing. */
export function sizesOf(
  given: readonly Capacity[],
  inventory: Inventory,
  material: Material,
  file: string,
): readonly Size[] {
  const asked = given.map((capacity) => inWholeBytes(capacity, file))
  if (asked.some(({ unit }) => unit === 'bytes')) needSizes(inventory, file)
  const { share } = material.collector.keys
  if (share === 1) return merged(asked.length > 0 ? asked : usualCapacities(inventory), (capacity) => capacity)
  const smallest = smallestOf(material)
  const usual = usualCapacities(inventory).filter((capacity) => !isTooSmall(capacity, smallest))
  if (asked.length > 0 && asked.every((capacity) => isTooSmall(capacity, smallest)))
    throw tooSmall(share, smallest, file)
  return merged(asked.length > 0 ? asked : usual, (capacity) => {
    if (isTooSmall(capacity, smallest)) return capacity
    const { unit, amount } = capacity
    const replayed = stoodFor(Math.max(1, Math.round(amount * share)), share)
    return Math.abs(replayed - amount) <= amount / 100 ? capacity : { unit, amount: replayed }
  })
}

/** Refuses a sample of which nothing can be told. */
export function needKeys({ collector }: Material, file: string): void {
  const { keys, seen } = collector
  if (keys.share === 1 || keys.count >= groups) return
  const held = keys.count === 0 ? 'no key' : plural(keys.count, 'key')
  throw mistake(
    'sample-too-small',
    `a sample of ${shareInWords(keys.share)} of the keys has ${held}, fewer than ${groups}`,
    `increase or omit \`--sample\`: the trace has ${plural(seen, 'request', count(seen))}`,
    file,
  )
}

/** Returns a share in words with plain spaces, for messages. */
function shareInWords(share: number): string {
  return known(share, 'share').replaceAll(tie, ' ')
}

function inWholeBytes({ unit, amount }: Capacity, file: string): Capacity {
  if (amount >= 1) return { unit, amount: Math.round(amount) }
  throw mistake('no-room', 'the capacity is below one byte', 'set a capacity of at least `1B`', file)
}

function needSizes({ bytes, distinctBytes }: Inventory, file: string): void {
  if (bytes === null) {
    const hint = 'give capacities in entries, such as `--capacity 1000`, or name the column of the size'
    throw mistake('no-sizes', 'the trace has no object sizes', hint, file)
  }
  if (distinctBytes !== 0) return
  const hint = 'give capacities in entries, such as `--capacity 1000`, or name another column as the size'
  throw mistake('no-sizes', 'every object of the trace has a size of 0 bytes', hint, file)
}

function tooSmall(share: number, { entries, bytes }: Smallest, file: string): Error {
  const inBytes = bytes === null ? '' : `, or ${count(bytes)} bytes`
  return mistake(
    'sample-too-small',
    `with a sample of ${shareInWords(share)}, every requested cache is below one entry`,
    `request at least ${plural(entries, 'entry', count(entries))}${inBytes}, or increase \`--sample\``,
    file,
  )
}

/** Returns the default capacities: in bytes if the trace has sizes, else in entries. */
function usualCapacities({ distinct, distinctBytes }: Inventory): readonly Capacity[] {
  const unit = distinctBytes === null || distinctBytes === 0 ? 'entries' : 'bytes'
  return usualSizes(unit === 'bytes' ? (distinctBytes as number) : distinct).map((amount) => ({ unit, amount }))
}

/** Merges capacities that scale to the same size; capacities in entries come first. */
function merged(asked: readonly Capacity[], standsFor: (capacity: Capacity) => Capacity): readonly Size[] {
  const sizes = new Map<string, { capacity: Capacity; asked: Capacity[] }>()
  for (const one of [...asked].sort(bySize)) {
    const capacity = standsFor(one)
    const key = `${capacity.amount} ${capacity.unit}`
    const size = sizes.get(key) ?? { capacity, asked: [] }
    if (one.amount !== capacity.amount && !size.asked.some(({ amount }) => amount === one.amount)) size.asked.push(one)
    sizes.set(key, size)
  }
  return [...sizes.values()].sort((a, b) => bySize(a.capacity, b.capacity))
}

function bySize(a: Capacity, b: Capacity): number {
  return a.unit === b.unit ? a.amount - b.amount : a.unit === 'entries' ? -1 : 1
}
