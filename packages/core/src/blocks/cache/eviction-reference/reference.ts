/** What a policy does with a sequence of keys: the same, slowly, over plain arrays, as its paper writes it. */
export type ReferenceEviction = (keys: readonly number[], capacity: number) => ReferenceResult

export interface ReferenceResult {
  readonly hits: number
  /** In order. */
  readonly evicted: readonly number[]
}

/** Requests every key in turn. `request` says whether it was a hit, and which keys went for it. */
export function reference(
  request: (key: number, position: number, evict: (key: number) => void) => boolean,
  keys: readonly number[],
): ReferenceResult {
  const evicted: number[] = []
  let hits = 0
  keys.forEach((key, position) => {
    if (request(key, position, (victim) => evicted.push(victim))) hits++
  })
  return { hits, evicted }
}

/** Takes a key out of an array. @returns whether it was in */
export function take(array: number[], key: number): boolean {
  const index = array.indexOf(key)
  if (index >= 0) array.splice(index, 1)
  return index >= 0
}
