import { blockNames } from '../before-run/kinds.ts'
import type { Design } from '../language/design.ts'
import type { Replicate } from './task.ts'

/** The calls inside the block that holds most of them when a replication ends. */
export interface Crowd {
  readonly block: string
  readonly inside: number
  /** Of these, the calls whose callers have given up: nobody waits for them, and they go on. */
  readonly abandoned: number
}

/** Returns the largest crowd of these replications, or null if none of them was run. */
export function crowdOf(design: Design, replicates: readonly Pick<Replicate, 'blocks'>[]): Crowd | null {
  const names = blockNames(design)
  const crowds = replicates.flatMap(({ blocks }) =>
    blocks.map((cells, i) => {
      const { inside = 0, abandoned = 0 } = cells.at(-1) ?? {}
      return { block: names[i] as string, inside, abandoned }
    }),
  )
  return crowds.reduce<Crowd | null>((most, one) => (most === null || one.inside > most.inside ? one : most), null)
}

/** `2,000,000 calls are in flight at db, 1,990,000 of them abandoned by their callers`. */
export function crowdSaid({ block, inside, abandoned }: Crowd): string {
  const ofThese = 2 * abandoned > inside ? `, ${grouped(abandoned)} of them abandoned by their callers` : ''
  return `${grouped(inside)} calls are in flight at ${block}${ofThese}`
}

/** What makes a crowd smaller. */
export function remedyForCrowd({ inside, abandoned }: Crowd): string {
  return 2 * abandoned > inside ? 'let callers cancel the calls they abandon (cancels: all)' : 'lower the rate'
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
