import { Fields } from '../bytes.ts'
import { traceFormat } from './format.ts'

export const keys = traceFormat({
  name: 'keys',
  title: 'Plain keys',
  summary: 'A line is a key, whatever text it is. Empty lines are passed over.',
  goodFor: 'what one can cut out of any log with the tools of a shell',
  costs: 'tells neither times nor sizes',
  params: {},
  endings: ['.keys', '.txt'],
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
      // Any line is a key; but a line of several words is more likely to be something else.
      resembles(bytes, from, to) {
        for (let at = from; at < to; at++) if ((bytes[at] as number) < 32 || bytes[at] === 44) return false
        return fields.splitAtBlanks(bytes, from, to) === 1
      },
    }
  },
})
