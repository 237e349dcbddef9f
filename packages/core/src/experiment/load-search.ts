/** The result of one criterion at one load; `inconclusive`: there were too few data for `holds` or `misses`. */
export type Status = 'holds' | 'misses' | 'inconclusive'

/** One load that was tried, as a multiple of the design's own, and what was found for each criterion there. */
export interface TriedLoad {
  readonly factor: number
  /** The first says whether the load is carried at all: where that misses, no larger load is looked at. */
  readonly statuses: readonly Status[]
}

/** The loads at which every criterion holds. */
export interface LoadWindow<T> {
  /** The smallest and the largest load tried at which all hold; null if they hold nowhere together. */
  readonly holdsFrom: T | null
  readonly holdsUpTo: T | null
  /** The next smaller and the next larger load tried; null where all loads tried on that side hold. */
  readonly below: T | null
  readonly above: T | null
}

export interface LoadSearchOptions {
  /** Edges are found to this ratio of two loads. */
  readonly closeEnough: number
  readonly leastFactor: number
  readonly greatestFactor: number
}

/** Loads tried at most: a search that has not ended by then says what it has found. */
const mostTries = 80
/** Loads below the design's own that are probed for a criterion that misses where there is little load. */
const probesBelow = [1 / 4, 1 / 32, 1 / 1024]

/** What all criteria together come to. */
export function togetherOf(statuses: readonly Status[]): Status {
  if (statuses.includes('misses')) return 'misses'
  return statuses.includes('inconclusive') ? 'inconclusive' : 'holds'
}

/**
 * Finds the loads at which every criterion holds: first by doubling and halving the load until each criterion has been
 * seen to hold and the largest load misses one, then by bisection of both ends. A criterion may hold from some load on
 * (a throughput) or up to some load (a response time).
 *
 * @param tryLoad measures at a load; two loads that are the same design give the same object; null ends the search
 */
export async function searchLoads<T extends TriedLoad>(
  tryLoad: (factor: number) => Promise<T | null>,
  options: LoadSearchOptions,
): Promise<LoadWindow<T>> {
  const search = new LoadSearch(tryLoad, options)
  await search.expand()
  await search.probeBelow()
  await search.bridge()
  await search.refine('above')
  await search.refine('below')
  return search.window()
}

class LoadSearch<T extends TriedLoad> {
  private readonly tryLoad: (factor: number) => Promise<T | null>
  private readonly options: LoadSearchOptions
  private readonly tried: T[] = []
  private ended = false

  constructor(tryLoad: (factor: number) => Promise<T | null>, options: LoadSearchOptions) {
    this.tryLoad = tryLoad
    this.options = options
  }

  /** @returns the load tried; null if the search is over, or if that load is one that was tried before */
  private async add(factor: number): Promise<T | null> {
    if (this.ended || this.tried.length >= mostTries) return null
    const found = await this.tryLoad(factor)
    if (found === null) this.ended = true
    if (found === null || this.tried.includes(found)) return null
    this.tried.push(found)
    this.tried.sort((a, b) => a.factor - b.factor)
    return found
  }

  async expand(): Promise<void> {
    if ((await this.add(1)) === null) return
    let [isOpenAbove, isOpenBelow] = [true, true]
    while (!this.ended) {
      isOpenAbove = isOpenAbove && this.mayHoldAbove()
      if (isOpenAbove) isOpenAbove = (await this.add((this.tried.at(-1) as T).factor * 2)) !== null
      isOpenBelow = isOpenBelow && this.lacksSome() && this.smallest().factor / 2 >= this.options.leastFactor
      if (isOpenBelow) isOpenBelow = (await this.add(this.smallest().factor / 2)) !== null
      if (!isOpenAbove && !isOpenBelow) return
    }
  }

  private smallest(): T {
    return this.tried[0] as T
  }

  /** Whether some criterion has not been seen to hold at any load. */
  private lacksSome(): boolean {
    return this.smallest().statuses.some((_, i) => !this.tried.some(({ statuses }) => statuses[i] === 'holds'))
  }

  /** Whether a larger load may tell more: until one misses what held at a smaller load, or is not carried. */
  private mayHoldAbove(): boolean {
    const largest = this.tried.at(-1) as T
    if (largest.factor * 2 > this.options.greatestFactor || largest.statuses[0] === 'misses') return false
    if (this.tried.length > 1 && [largest, this.tried.at(-2) as T].every(isInconclusive)) return false
    return !largest.statuses.some(
      (status, i) => status === 'misses' && this.tried.some(({ statuses }) => statuses[i] === 'holds'),
    )
  }

  /** Looks at small loads too where all criteria hold at the smallest tried: caches, for one, work worse there. */
  async probeBelow(): Promise<void> {
    for (const probe of probesBelow) {
      const smallest = this.tried[0]
      if (smallest === undefined || togetherOf(smallest.statuses) !== 'holds') return
      if (probe >= this.options.leastFactor && probe < smallest.factor && (await this.add(probe)) === null) return
    }
  }

  /** Where all hold nowhere yet, looks between two loads of which each criterion holds at one or the other. */
  async bridge(): Promise<void> {
    for (;;) {
      if (this.tried.some((one) => togetherOf(one.statuses) === 'holds')) return
      const at = this.tried.findIndex((one, i) => {
        const next = this.tried[i + 1]
        return next !== undefined && this.isWide(one, next) && mayHoldBetween(one, next)
      })
      if (at < 0) return
      const [low, high] = [this.tried[at] as T, this.tried[at + 1] as T]
      if ((await this.add(between(low, high))) === null) return
    }
  }

  async refine(side: 'above' | 'below'): Promise<void> {
    for (;;) {
      const { holdsFrom, holdsUpTo, ...beyond } = this.window()
      const inner = side === 'above' ? holdsUpTo : holdsFrom
      const outer = beyond[side]
      if (inner === null || outer === null || !this.isWide(inner, outer)) return
      // Too few data at a small load tell nothing of where that begins.
      if (side === 'below' && isInconclusive(outer)) return
      if ((await this.add(between(inner, outer))) === null) return
    }
  }

  private isWide(one: T, other: T): boolean {
    return Math.max(one.factor / other.factor, other.factor / one.factor) > this.options.closeEnough
  }

  /** The loads around the design's own at which all hold, or those nearest to it. */
  window(): LoadWindow<T> {
    const holding = this.tried.filter((one) => togetherOf(one.statuses) === 'holds')
    const distance = ({ factor }: T) => Math.max(factor, 1 / factor)
    const nearest = holding.toSorted((a, b) => distance(a) - distance(b))[0]
    if (nearest === undefined) return { holdsFrom: null, holdsUpTo: null, below: null, above: null }
    let [first, last] = [this.tried.indexOf(nearest), this.tried.indexOf(nearest)]
    while (holding.includes(this.tried[first - 1] as T)) first--
    while (holding.includes(this.tried[last + 1] as T)) last++
    return {
      holdsFrom: this.tried[first] as T,
      holdsUpTo: this.tried[last] as T,
      below: this.tried[first - 1] ?? null,
      above: this.tried[last + 1] ?? null,
    }
  }
}

function isInconclusive({ statuses }: TriedLoad): boolean {
  return togetherOf(statuses) === 'inconclusive'
}

/**
 * Whether no criterion misses at both, and each holds at one as far as is known. Where a load is not carried, what else holds
 * there is inconclusive.
 */
function mayHoldBetween(one: TriedLoad, other: TriedLoad): boolean {
  const isOpen = ({ statuses }: TriedLoad, i: number) =>
    statuses[i] === 'holds' || (statuses[0] === 'misses' && statuses[i] === 'inconclusive')
  return one.statuses.every((_, i) => isOpen(one, i) || isOpen(other, i))
}

function between(one: TriedLoad, other: TriedLoad): number {
  return Math.sqrt(one.factor * other.factor)
}
