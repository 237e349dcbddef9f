import { parseQuantity } from '../units.ts'
import { describe, fieldAt } from './node.ts'
import { type Described, type Param, type ParamKind, type Presence, presence } from './param.ts'
import { complain } from './reading.ts'
import { described, patterned } from './schema.ts'
import { readText } from './words.ts'

/** So many of so many: `2 of 3` copies, `10 of 2000` objects. */
export interface KOfN {
  readonly k: number
  readonly n: number
}

export interface KOfNOptions {
  readonly maxK?: number
  readonly maxN?: number
}

const form = /^(?<k>\S+)\s+of\s+(?<n>\S+)$/
const example = 'a value such as `2 of 3`'

/** A number out of a number. */
export const kOfN: ParamKind<KOfNOptions, KOfN, string> = (
  options: KOfNOptions & Described & Presence,
): Param<never, never> => {
  const { maxK = Number.POSITIVE_INFINITY, maxN = Number.POSITIVE_INFINITY } = options
  return {
    ...presence(options),
    kind: 'k of n',
    expected: example,
    facts: { kOfN: { maxK, maxN } },
    read(node, reading) {
      const text = readText(node, example, reading)
      if (text === undefined) return undefined
      const [k, n] = countsIn(text)
      const fault = (code: string, message: string) =>
        complain(reading, node.place, { code, message, expected: example, found: describe(node) })
      if (k === undefined || n === undefined) return fault('wrong-form', `${fieldAt(node.place)} must be ${example}`)
      if (k < 1 || k > n) return fault('out-of-range', `${k} of ${n} is not possible`)
      if (k > maxK || n > maxN) return fault('out-of-range', `${fieldAt(node.place)} is at most ${maxK} of ${maxN}`)
      return { k, n } as never
    },
    fits: (node) => (node.kind === 'scalar' && form.test(node.text) ? 2 : 0),
    schema: () => described({ type: 'string', ...patterned('^\\S+ +of +\\S+$', example) }, options.meaning),
  }
}

function countsIn(text: string): readonly (number | undefined)[] {
  const { k = '', n = '' } = form.exec(text.trim())?.groups ?? {}
  return [k, n].map((word) => {
    const quantity = parseQuantity(word, 'count')
    return 'code' in quantity || !Number.isInteger(quantity.value) ? undefined : quantity.value
  })
}
