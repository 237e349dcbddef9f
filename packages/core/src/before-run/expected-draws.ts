import type { Draw } from '../blocks/block.ts'
import type { Design } from '../language/design.ts'
import type { ChosenDistribution } from '../support/distributions/distribution.ts'
import { createSampler, distributions } from '../support/distributions/index.ts'
import { oncePer } from '../support/once-per.ts'
import { type Flow, followRequests } from './flows.ts'
import { blockNamed } from './named.ts'
import { drawsDuring } from './of-block.ts'

/** Times that calls are expected to draw from one distribution at one block, for the sake of the calls at a place of the design. */
export interface ExpectedDraw {
  readonly block: string
  readonly distribution: ChosenDistribution
  readonly perSecond: number
}

/** Times that are drawn on behalf of the calls of a block, or of the requests of a kind, as often as is expected. */
export interface ExpectedDraws {
  /** Calls per second, or requests. */
  readonly perSecond: number
  /** Per second: Σ of all times in ms, and Σ of their squares. */
  readonly moments: Moments
  /** Those that can be so rare that a run misses them: drawn for few requests, or from distributions with rare large values. */
  readonly rare: readonly ExpectedDraw[]
}

type Moments = readonly [first: number, second: number]

/** Times drawn for fewer requests than this share of all are looked at one by one. */
const rareShare = 0.01

interface Gathered {
  perSecond: number
  moments: [number, number]
  readonly rare: Map<ChosenDistribution, ExpectedDraw>
}

/**
 * What is drawn for the calls of each block, by its name, and for the requests of each kind, by `kindName`.
 *
 * @param rateOf calls per second of a flow
 */
export function expectedDraws(design: Design, rateOf: (flow: Flow) => number): ReadonlyMap<string, ExpectedDraws> {
  const flows = followRequests(design)
  const gathered = new Map<string, Gathered>()
  const at = (name: string): Gathered => {
    const known = gathered.get(name) ?? { perSecond: 0, moments: [0, 0], rare: new Map() }
    gathered.set(name, known)
    return known
  }
  const looksAt = distributionsToWatch(design)
  const passedOn = new Map<Flow, [number, number]>()
  // What a call leads to comes after it: sums of what is called are complete when the caller's turn comes.
  for (const flow of flows.toReversed()) {
    const rate = rateOf(flow)
    const inside = passedOn.get(flow) ?? [0, 0]
    const own: [number, number] = [...inside]
    for (const draw of drawsOf(design, flow)) {
      const perSecond = rate * draw.perCall
      const moments = momentsOf(draw.distribution)
      add(own, moments, perSecond)
      if (draw.detached !== true) add(inside, moments, perSecond)
      if (!looksAt.has(draw.distribution)) continue
      for (const name of placesOf(flow, draw))
        count(at(name), { block: flow.block, distribution: draw.distribution, perSecond })
    }
    const here = at(flow.block)
    here.perSecond += rate
    add(here.moments, own, 1)
    if (flow.edge.detached === true) continue
    if (flow.caller !== undefined) passedOn.set(flow.caller, sumOf(passedOn.get(flow.caller), inside))
    else {
      const kind = at(kindName(flow))
      kind.perSecond += rate
      add(kind.moments, inside, 1)
    }
  }
  return new Map([...gathered].map(([name, one]) => [name, { ...one, rare: [...one.rare.values()] }]))
}

/** A kind of request among the places at which draws are counted; no block has a blank in its name. */
export function kindName({ source, kind }: { readonly source: string; readonly kind: string }): string {
  return `${source} ${kind}`
}

/** Mean and second moment of a time, ms and ms². */
export const momentsOf = oncePer((distribution: ChosenDistribution): Moments => {
  const { mean, squaredCoefficientOfVariation: squared } = createSampler(distribution)
  if (mean === 0 || mean === Number.POSITIVE_INFINITY) return [mean, mean]
  return [mean, mean * mean * (1 + squared)]
})

/** What a call of a flow draws at its block. */
function drawsOf(design: Design, { block, operation, perSecond }: Flow): readonly Draw[] {
  const found = blockNamed(design, block)
  if (found === undefined || perSecond === 0) return []
  return drawsDuring(found, operation).filter((draw) => draw.perCall > 0)
}

/** Distributions that a run may not see enough of: those with rare large values, and those that few requests draw from. */
export const distributionsToWatch = oncePer((design: Design): ReadonlySet<ChosenDistribution> => {
  const flows = followRequests(design)
  const perSecond = new Map<ChosenDistribution, number>()
  let requests = 0
  for (const flow of flows) {
    if (flow.caller === undefined) requests += flow.perSecond
    for (const { distribution, perCall } of drawsOf(design, flow))
      perSecond.set(distribution, (perSecond.get(distribution) ?? 0) + flow.perSecond * perCall)
  }
  const isRare = (distribution: ChosenDistribution, rate: number) =>
    distributions.get(distribution.name).momentBeyond !== undefined || rate < rareShare * requests
  return new Set([...perSecond].flatMap(([distribution, rate]) => (isRare(distribution, rate) ? [distribution] : [])))
})

/** The block, the blocks that wait for it, and the kind of request, if it waits too. */
function placesOf(flow: Flow, draw: Draw): ReadonlySet<string> {
  const places = new Set([flow.block])
  if (draw.detached === true) return places
  for (let call = flow; call.edge.detached !== true; call = call.caller) {
    if (call.caller === undefined) return places.add(kindName(call))
    places.add(call.caller.block)
  }
  return places
}

function count({ rare }: Gathered, draw: ExpectedDraw): void {
  const known = rare.get(draw.distribution)
  rare.set(draw.distribution, known === undefined ? draw : { ...known, perSecond: known.perSecond + draw.perSecond })
}

function add(sum: [number, number], moments: Moments, times: number): void {
  sum[0] += times * moments[0]
  sum[1] += times * moments[1]
}

function sumOf(one: Moments | undefined, other: Moments): [number, number] {
  return one === undefined ? [...other] : [one[0] + other[0], one[1] + other[1]]
}
