import type { UniformSource } from './distributions/distribution.ts'
import { exp, ln } from './elementary.ts'

const layers = 256
/** Where the tail begins, and the area of each layer: Marsaglia & Tsang (2000), section 3, for 256 layers. */
const tailStart = 7.69711747013105
const layerArea = 3.949659822581572e-3

/** By layer: its width, the part of it that lies below the curve whatever the height, and the height of its floor. */
const widths = new Float64Array(layers + 1)
const inner = new Float64Array(layers)
const floors = new Float64Array(layers + 1)

widths[0] = layerArea / exp(-tailStart)
widths[1] = tailStart
for (let i = 2; i < layers; i++) {
  const below = widths[i - 1] as number
  widths[i] = -ln(layerArea / below + exp(-below))
}
for (let i = 0; i < layers; i++) inner[i] = widths[i + 1] as number
for (let i = 1; i <= layers; i++) floors[i] = exp(-(widths[i] as number))

/**
 * One draw of the exponential distribution of mean 1, by the ziggurat: 256 layers of one area cover the density, and a point
 * in one of them is below the curve nearly always without looking. Takes one uniform number for 98.9 % of the draws.
 *
 * The first eight bits of that number choose the layer and the other 45 the place in it, so that the two have nothing
 * in common: they must not (Doornik). The tables come from our own `ln` and `exp`: the same bytes everywhere.
 *
 * Sources: G. Marsaglia, W. W. Tsang, "The ziggurat method for generating random variables", J. Stat. Software 5(8),
 * 2000; J. A. Doornik, "An improved ziggurat method to generate normal random samples", Oxford, 2005.
 */
export function standardExponential(source: UniformSource): number {
  const scaled = source.next() * layers
  const layer = scaled | 0
  const x = (scaled - layer) * (widths[layer] as number)
  return x < (inner[layer] as number) ? x : atTheEdge(source, layer, x)
}

/** Outcome of a point that may be above the curve: the tail begins again, a point above is drawn again. */
function atTheEdge(source: UniformSource, layer: number, x: number): number {
  if (layer === 0) return tailStart + standardExponential(source)
  const floor = floors[layer] as number
  const height = floor + source.next() * ((floors[layer + 1] as number) - floor)
  return height < exp(-x) ? x : standardExponential(source)
}
