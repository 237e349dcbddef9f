import { type Described, type Param, type ParamKind, type Presence, presence } from './param.ts'
import { count, share } from './quantity.ts'
import { described } from './schema.ts'

/** A number of several like things, or a share of them. */
export type Portion = { readonly number: number } | { readonly share: number }

const meaning = 'how many of them'
const number = count({ meaning, min: 1 })
const part = share({ meaning, above: 0, max: 1 })

/** So many of several like things: `2` or `30%`. */
export const portion: ParamKind<unknown, Portion, string | number> = (
  options: Described & Presence,
): Param<never, never> => ({
  ...presence(options),
  kind: 'portion',
  expected: 'a number such as `2`, or a share such as `30%`',
  facts: { of: [number, part] },
  read(node, reading) {
    const isShare = node.kind === 'scalar' && node.text.includes('%')
    const value = (isShare ? part : number).read(node, reading)
    return (value === undefined ? undefined : isShare ? { share: value } : { number: value }) as never
  },
  fits: (node, reading) => Math.max(number.fits(node, reading), part.fits(node, reading)) as 0 | 1 | 2,
  schema: (scope) => described({ anyOf: [number.schema(scope), part.schema(scope)] }, options.meaning),
})

/** How many of `total` things a portion is: at least one. */
export function portionOf(portion: Portion, total: number): number {
  return 'number' in portion ? Math.min(total, portion.number) : Math.ceil(portion.share * total)
}
