import { Fields, wholeNumber } from '../bytes.ts'
import { traceFormat } from './format.ts'

/** No disk request is longer (32 MiB of the usual blocks), and a few such lines must not stand for hours of work. */
const mostBlocks = 65_536

export const lis = traceFormat({
  name: 'lis',
  title: 'ARC trace',
  summary:
    'Each line has the first block, the number of blocks, an ignored number, and the number of the request. Each block is requested once.',
  source: 'N. Megiddo, D. S. Modha, "ARC: A Self-Tuning, Low Overhead Replacement Cache", FAST 2003: its traces',
  goodFor: 'the traces of the ARC paper: OLTP, P1 to P14, DS1, S1 to S3',
  costs: 'no times and no sizes',
  params: {},
  endings: ['.lis'],
  entry: 'line',
  expected: 'four whole numbers: first block, number of blocks, ignored, number of the request',
  create() {
    const fields = new Fields()
    return {
      read(bytes, from, to, into) {
        if (fields.splitAtBlanks(bytes, from, to) !== 4) return fields.count === 0 ? 'passed over' : 'malformed'
        const first = wholeNumber(bytes, fields.starts[0] as number, fields.ends[0] as number)
        const blocks = wholeNumber(bytes, fields.starts[1] as number, fields.ends[1] as number)
        if (first < 0 || blocks < 1 || blocks > mostBlocks) return 'malformed'
        // Beyond 2^53 two blocks would be one number.
        if (first > Number.MAX_SAFE_INTEGER - (blocks - 1)) return 'malformed'
        if (wholeNumber(bytes, fields.starts[3] as number, fields.ends[3] as number) < 0) return 'malformed'
        into.numbered(first)
        into.count = blocks
        return 'taken'
      },
    }
  },
})
