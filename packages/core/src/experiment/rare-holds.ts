import { kindName, momentsOf } from '../before-run/expected-draws.ts'
import { blockNamed } from '../before-run/named.ts'
import { blocks } from '../blocks/index.ts'
import { instancesOf } from '../blocks/instances-of.ts'
import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { exp } from '../support/elementary.ts'
import { oncePer } from '../support/once-per.ts'
import { measuredSeconds } from './flow-rates.ts'
import { fewTimes, rareSaid } from './rare-work.ts'
import type { RunResults } from './run-results.ts'
import { drawsIn, type RareDraw } from './unseen-draws.ts'

/**
 * Withholds percentiles that rare work decides. Such work may not come in a run, and holds workers for so long that other
 * calls wait behind it. Example: at 100 requests/s, one request in 100,000 that takes 20 s decides the p99 of a server.
 */

/** A percentile is withheld where such work holds up more than this share of the requests beyond it. */
const mostHeldUp = 1 / 3

/** Free share of the workers at least, so that a full block divides by no 0. */
const leastFree = 1e-3

/** Calls held up by rare work at one block, as a share of all that come. */
interface Hold {
  readonly share: number
  readonly most: RareDraw
}

/** The estimate of a percentile over requests of these kinds, unless rare work that a run may lack would decide it. */
export function unlessHeldUp(results: RunResults, kinds: readonly number[], q: number, found: Estimate): Estimate {
  if (!found.sufficient || found.point === Number.POSITIVE_INFINITY) return found
  const hold = holdOf(results, kinds, 1)
  if (hold === null || hold.share <= mostHeldUp * (1 - q)) return found
  return insufficientData(`${rareSaid(hold.most)} and delays the requests behind it`, found.replications, {
    atLeast: found.low,
  })
}

/** Whether a run `factor` times as long would meet all work that decides a percentile. */
export function isMetWith(factor: number, results: RunResults, q: number): boolean {
  return (holdOf(results, results.all.kinds, factor)?.share ?? 0) <= mostHeldUp * (1 - q)
}

/** The largest share of the requests of these kinds that rare work holds up at one block. */
function holdOf(results: RunResults, kinds: readonly number[], factor: number): Hold | null {
  const draws = drawsIn(results)
  const requests = kinds.reduce((sum, index) => {
    const { source, name } = results.kinds[index] as RunResults['kinds'][number]
    return sum + (draws.get(kindName({ source, kind: name }))?.perSecond ?? 0)
  }, 0)
  if (requests === 0) return null
  let largest: Hold | null = null
  for (const block of factor === 1 ? heldUp(results) : heldUpAfter(results, factor)) {
    const share = block.share * Math.min(1, block.perSecond / requests)
    if (share > (largest?.share ?? 0)) largest = { ...block, share }
  }
  return largest
}

const heldUp = oncePer((results: RunResults) => heldUpAfter(results, 1))

/**
 * By block: calls held up where work that is expected few times in a run `factor` times as long takes all free workers of
 * an instance. Rare work comes as a Poisson process, so a Poisson number of workers are held by it at once, with a mean of
 * its rate times its time (M/∞; C. Palm, 1943). Their backlog drains at the free share, and holds up calls until then.
 */
function heldUpAfter(results: RunResults, factor: number): readonly (Hold & { readonly perSecond: number })[] {
  const seconds = factor * measuredSeconds(results)
  return results.blocks.flatMap((block, index) => {
    const workers = workersOf(results, index)
    const draws = drawsIn(results).get(block)
    if (workers === null || draws === undefined) return []
    const few = draws.rare
      .map((draw) => ({ draw, expected: draw.perSecond * seconds }))
      .filter((one) => one.expected < fewTimes && one.expected > 0)
    const busy = ({ draw }: RareDraw) => (draw.perSecond * momentsOf(draw.distribution)[0]) / 1000 / workers.instances
    const [most] = few.toSorted((a, b) => busy(b) - busy(a))
    if (most === undefined) return []
    const free = Math.max(leastFree, 1 - workers.use)
    const freeWorkers = Math.max(1, Math.ceil(workers.each * free))
    const held = few.reduce((sum, one) => sum + busy(one), 0)
    const share = Math.min(1, poissonTail(freeWorkers, held) / free)
    return [{ share, most, perSecond: draws.perSecond }]
  })
}

/** Workers of an instance, and how many of them are held; null where calls wait for none. */
function workersOf(results: RunResults, index: number): { instances: number; each: number; use: number } | null {
  const resource = results.places.names(index)?.resources.indexOf('workers') ?? -1
  const workers = results.capacities[index]?.[resource] ?? Number.POSITIVE_INFINITY
  const found = blockNamed(results.design, results.blocks[index] as string)
  if (!Number.isFinite(workers) || found === undefined) return null
  const { type, values } = found
  const instances = instancesOf(blocks.get(type), values)
  const use = results.use(index, 'workers')
  return { instances, each: workers / instances, use: use.sufficient ? use.point : 0 }
}

/** Probability that a Poisson number with this mean is `many` or more. */
function poissonTail(many: number, mean: number): number {
  let term = exp(-mean)
  let fewer = 0
  for (let i = 0; i < many; i += 1) {
    fewer += term
    term *= mean / (i + 1)
  }
  return Math.max(0, 1 - fewer)
}
