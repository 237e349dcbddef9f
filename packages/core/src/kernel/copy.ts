/** What an answer shows of something stored that may have changed since. Plain to hand on: nobody changes it. */
export interface Copy {
  /** How many changes that had taken effect by `atMs` it does not show. */
  versionsBehind(atMs: number): number
  /** How long before `atMs` the first of these took effect, in ms; 0 if it was up to date. */
  msBehind(atMs: number): number
  /** Whether the other shows the same thing, be it as it was at another time. */
  isOfSame?(other: Copy): boolean
  /** Whether it shows what was there before this change, which a write has stored. */
  lacks?(change: Copy): boolean
  /** Of what a write brings: `store` has it now. @returns whether it belongs there. */
  arriveIn?(store: object): boolean
  /** True where it shows that there is nothing: the key has no object. */
  readonly absent: boolean
}

/** What an answer shows that is made of several things. */
class Together implements Copy {
  readonly first: Copy
  readonly last: Copy

  constructor(first: Copy, last: Copy) {
    this.first = first
    this.last = last
  }

  get parts(): readonly Copy[] {
    const parts: Copy[] = []
    const open: Copy[] = [this]
    for (let copy = open.pop(); copy !== undefined; copy = open.pop()) {
      if (copy instanceof Together) open.push(copy.first, copy.last)
      else parts.push(copy)
    }
    return parts.reverse()
  }

  get absent(): boolean {
    return this.parts.every(({ absent }) => absent)
  }

  lacks(change: Copy): boolean {
    return this.parts.some((part) => part.lacks?.(change) === true)
  }

  versionsBehind(atMs: number): number {
    return this.parts.reduce((sum, part) => sum + part.versionsBehind(atMs), 0)
  }

  msBehind(atMs: number): number {
    return this.parts.reduce((most, part) => Math.max(most, part.msBehind(atMs)), 0)
  }
}

/** The things that a copy shows, in the order in which they were shown. */
export function partsOf(copy: Copy): readonly Copy[] {
  return copy instanceof Together ? copy.parts : [copy]
}

/** What is shown by an answer that shows both; of one thing shown twice in a row, the copy that was older at `atMs`. */
export function together(one: Copy | null, other: Copy, atMs: number): Copy {
  if (one === null || one === other) return other
  const last = one instanceof Together ? one.last : one
  if (last.isOfSame?.(other) !== true && other.isOfSame?.(last) !== true) return new Together(one, other)
  if (other.msBehind(atMs) <= last.msBehind(atMs)) return one
  return one instanceof Together ? new Together(one.first, other) : other
}

/** Whether two answers show the same things in the same order. */
export function isOfSame(one: Copy, other: Copy): boolean {
  const [ones, others] = [partsOf(one), partsOf(other)]
  return ones.length === others.length && ones.every((part, i) => part.isOfSame?.(others[i] as Copy) === true)
}

/** The same of other things, as if as much had changed of them: what one key shows that stands for another. */
export function ofOthers(copy: Copy): Copy {
  const parts = partsOf(copy).map(
    (part): Copy => ({
      absent: part.absent,
      versionsBehind: (atMs) => part.versionsBehind(atMs),
      msBehind: (atMs) => part.msBehind(atMs),
      isOfSame: () => true,
    }),
  )
  return parts.reduce((one, other) => new Together(one, other))
}

/** What can never change. */
export const unchanging: Copy = { absent: false, versionsBehind: () => 0, msBehind: () => 0 }
