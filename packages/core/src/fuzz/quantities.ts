import type { Notation, Param } from '../support/params.ts'
import { type Dimension, printQuantity } from '../support/units.ts'
import type { Dice } from './dice.ts'

/** The usual orders of magnitude in the designs of the fuzzer, in base units: what runs in milliseconds. */
const usual: Readonly<Record<Dimension, readonly [number, number]>> = {
  duration: [0.01, 200],
  cycles: [1e4, 1e8],
  frequency: [1e9, 4e9],
  size: [1, 1e6],
  bandwidth: [1e4, 1e9],
  rate: [1, 2000],
  share: [0.001, 1],
  price: [0.01, 10],
  'traffic-price': [1e-12, 1e-9],
  count: [1, 12],
  factor: [0.1, 6],
}

/** A quantity within the bounds of its parameter, mostly of a usual size, sometimes at a bound or uncertain. */
export function drawQuantity(
  { facts }: Pick<Param<unknown>, 'facts'>,
  { dice, uncertain }: { dice: Dice; uncertain: number },
): Notation | undefined {
  const limits = facts?.limits
  if (limits === undefined) return undefined
  const { dimension } = limits
  const [low, high] = usual[dimension]
  const least = Math.max(limits.min, limits.above, 0)
  const roll = dice.next()
  if (roll < 0.1 && limits.above < least) return write(least, dimension)
  if (roll < 0.11 && dimension === 'count' && uncertain === 0)
    return write(Math.min(limits.max, dice.whole(50, 500)), dimension)
  const drawn = dice.magnitude(Math.max(low, least), Math.min(Math.max(high, least * 4), limits.max))
  const value = dimension === 'count' ? Math.round(drawn) : Number(drawn.toPrecision(3))
  const text = write(Math.min(limits.max, Math.max(least, value)), dimension)
  if (dice.happens(uncertain) && dimension !== 'share' && value * 1.2 <= limits.max && value * 0.8 > least) {
    return `${text} ± 20%`
  }
  return text
}

function write(value: number, dimension: Dimension): string {
  return printQuantity(value, dimension)
}
