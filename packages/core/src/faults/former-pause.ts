import { plainText, type Renewed, withFields } from '../support/params/former.ts'
import type { MapNode, Node } from '../support/params/node.ts'
import { parseQuantity, printQuantity } from '../support/units.ts'

/** `{ pause: web, rate: 6/min, length: 150ms, at, for }` is now `{ pause: web, every: exponential 10s, for: 150ms, at, until }`. */
export function renewedPause(node: MapNode): Renewed | undefined {
  const { rate, length, at, for: lasts } = Object.fromEntries([...node.entries].map(([key, { value }]) => [key, value]))
  if (rate === undefined || length === undefined) return undefined
  const every = exponentialOf(rate)
  const until = lasts === undefined ? undefined : sumOf(at, lasts)
  if (every === undefined || (lasts !== undefined && until === undefined)) return undefined
  const newer: Readonly<Record<string, readonly [name: string, value: Node]>> = {
    rate: ['every', every],
    length: ['for', length],
    ...(until === undefined ? {} : { for: ['until', until] }),
  }
  return { node: withFields(node, newer), change: '`rate` and `length` of a pause are now `every` and `for`' }
}

/** The time between events of a rate. */
function exponentialOf(rate: Node): Node | undefined {
  if (rate.kind !== 'scalar') return undefined
  const perSecond = parseQuantity(rate.text, 'rate')
  if ('code' in perSecond || !(perSecond.value > 0)) return undefined
  return plainText(`exponential ${printQuantity(Number((1000 / perSecond.value).toPrecision(12)), 'duration')}`, rate)
}

/** A time so long after another one; undefined if either is no plain duration. */
function sumOf(at: Node | undefined, lasts: Node): Node | undefined {
  if (at === undefined) return lasts
  const [fromMs, forMs] = [durationOf(at), durationOf(lasts)]
  if (fromMs === undefined || forMs === undefined) return undefined
  return plainText(printQuantity(fromMs + forMs, 'duration'), lasts)
}

function durationOf(node: Node): number | undefined {
  const quantity = parseQuantity(node.kind === 'scalar' ? node.text : '', 'duration')
  return 'code' in quantity ? undefined : quantity.value
}
