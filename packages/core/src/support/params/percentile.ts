import { describe, fieldAt } from './node.ts'
import { type Described, type Param, type ParamKind, type Presence, presence } from './param.ts'
import { complain } from './reading.ts'
import { described, patterned } from './schema.ts'
import { readText } from './words.ts'

/** Which part of what was seen: 0.95 for `p95`. */
export interface Percentile {
  readonly quantile: number
}

const form = /^p(\d{1,2}(?:\.\d{1,4})?)$/
/** `95%`, which people write for `p95`. */
const shareForm = /^(\d{1,2}(?:\.\d{1,4})?)\s*%$/
const isPercentile = (text: string) => form.test(text.trim())
const expected = 'a percentile such as `p95`'

/** A percentile of what was seen, as in `hedge: p95`. */
export const percentile: ParamKind<unknown, Percentile, string> = (
  options: Described & Presence,
): Param<never, never> => ({
  ...presence(options),
  kind: 'percentile',
  expected,
  read(node, reading) {
    const text = readText(node, expected, reading)
    if (text === undefined) return undefined
    const quantile = Number(form.exec(text.trim())?.[1] ?? 0) / 100
    if (quantile > 0) return { quantile } as never
    const message = `${fieldAt(node.place)} must be ${expected}`
    const share = shareForm.exec(text.trim())?.[1]
    const hint = share === undefined ? undefined : `write \`p${share}\``
    return complain(reading, node.place, { code: 'wrong-form', message, expected, found: describe(node), hint })
  },
  fits: (node) => (node.kind === 'scalar' && (isPercentile(node.text) || shareForm.test(node.text.trim())) ? 2 : 0),
  schema: () => described({ type: 'string', ...patterned(form.source, expected) }, options.meaning),
})
