import { Fields, wholeNumber } from '../bytes.ts'
import { traceFormat } from './format.ts'

const star = 42

export const lirs = traceFormat({
  name: 'lirs',
  title: 'LIRS trace',
  summary: 'Each line is the number of one block. Empty lines and lines of `*` separate recordings.',
  source:
    'S. Jiang, X. Zhang, "LIRS: An Efficient Low Inter-reference Recency Set Replacement Policy", SIGMETRICS 2002: its traces',
  goodFor: 'the traces of the LIRS paper: 2_pools, cpp, cs, glimpse, multi1 to multi3, postgres, sprite',
  costs: 'no times and no sizes',
  params: {},
  endings: ['.trace', '.trc'],
  entry: 'line',
  expected: 'the number of a block, or `*`',
  create() {
    const fields = new Fields()
    return {
      read(bytes, from, to, into) {
        if (fields.splitAtBlanks(bytes, from, to) !== 1) return fields.count === 0 ? 'passed over' : 'malformed'
        const [start = 0] = fields.starts
        const [end = 0] = fields.ends
        if (end === start + 1 && bytes[start] === star) return 'passed over'
        const block = wholeNumber(bytes, start, end)
        if (block < 0) return 'malformed'
        into.numbered(block)
        return 'taken'
      },
    }
  },
})
