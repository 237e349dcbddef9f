import { Fields } from '../bytes.ts'
import { traceFormat } from './format.ts'

const [blank, star, comma] = [32, 42, 44]
/** What is longer is hardly a key, but a file without lines. */
const longestKey = 4096

export const keys = traceFormat({
  name: 'keys',
  title: 'Plain keys',
  summary: 'Each line is a key: any text. Empty lines are skipped.',
  goodFor: 'keys extracted from any log with shell tools',
  costs: 'no times and no sizes',
  params: {},
  endings: ['.keys'],
  entry: 'line',
  expected: 'a key',
  create() {
    const fields = new Fields()
    return {
      read(bytes, from, to, into) {
        if (from === to) return 'passed over'
        into.texted(bytes, from, to)
        return 'taken'
      },
      // Any line is a key; but one of several words, or a star as in a LIRS trace, is more likely to be something else.
      resembles(bytes, from, to) {
        if (to - from > longestKey || (to === from + 1 && bytes[from] === star)) return false
        for (let at = from; at < to; at++) if ((bytes[at] as number) < blank || bytes[at] === comma) return false
        return fields.splitAtBlanks(bytes, from, to) === 1
      },
    }
  },
})
