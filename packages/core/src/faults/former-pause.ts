import { plainText, type Renewed, withFields } from '../support/params/former.ts'
import type { MapNode, Node } from '../support/params/node.ts'
import { parseQuantity, printQuantity } from '../support/units.ts'

/** `{ pause: web, rate: 6/min, length: 150ms, at, for }` is now `{ pause: web, every: exponential 10s, for: 150ms, at, until }`. */
export function renewedPause(node: MapNode): Renewed | undefined {
  const { rate, length, at, for: lasts } = Object.fromEntries([...node.entries].map(([key, { value }]) => [key, value]))
  if (rate === undefined || length === undefined) return undefined
  const every = exponentialOf(rate)
  if (every === undefined) return undefined
  const newer: Readonly<Record<string, readonly [name: string, value: Node]>> = {
    rate: ['every', every],
    length: ['for', length],
    ...(lasts === undefined ? {} : { for: ['until', sumOf(at, lasts)] }),
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

/** A time so long after another one. */
function sumOf(at: Node | undefined, lasts: Node): Node {
  const ms = [at, lasts].map((node) => {
    const quantity = node?.kind === 'scalar' ? parseQuantity(node.text, 'duration') : { value: 0 }
    return 'code' in quantity ? 0 : quantity.value
  })
  return at === undefined
    ? lasts
    : plainText(
        printQuantity(
          ms.reduce((sum, one) => sum + one),
          'duration',
        ),
        lasts,
      )
}
