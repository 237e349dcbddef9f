/** What an answer shows of something stored that may have changed since. Plain to hand on: nobody changes it. */
export interface Copy {
  /** How many changes that had taken effect by `atMs` it does not show. */
  versionsBehind(atMs: number): number
  /** How long before `atMs` the first of these took effect, in ms; 0 if it was up to date. */
  msBehind(atMs: number): number
  /** Of a write: the store has it now. */
  settle?(): void
  /** True where it shows that there is nothing: the key has no object. */
  readonly absent: boolean
}

/** Of two copies in one answer the one that was older at `atMs`: the answer is as old as that. */
export function older(one: Copy | null, other: Copy, atMs: number): Copy {
  return one !== null && one.msBehind(atMs) >= other.msBehind(atMs) ? one : other
}

/** What can never change. */
export const unchanging: Copy = { absent: false, versionsBehind: () => 0, msBehind: () => 0 }
