import { Fields, wholeNumber } from '../bytes.ts'
import { isSize } from '../record.ts'
import { traceFormat } from './format.ts'

export const adaptsize = traceFormat({
  name: 'adaptsize',
  title: 'AdaptSize trace',
  summary: 'Each line has the number of the request, the key, and the size of the object in bytes.',
  source:
    'D. S. Berger, R. K. Sitaraman, M. Harchol-Balter, "AdaptSize: Orchestrating the Hot Object Memory Cache in a Content Delivery Network", NSDI 2017: its traces',
  goodFor: 'requests to a CDN with objects of different sizes; also read by webcachesim',
  costs: 'no times: the first number is a counter or a time of unknown unit',
  params: {},
  endings: ['.trace', '.tr'],
  entry: 'line',
  expected: 'three whole numbers: a counter, a key, a size in bytes',
  create() {
    const fields = new Fields()
    return {
      read(bytes, from, to, into) {
        if (fields.splitAtBlanks(bytes, from, to) !== 3) return fields.count === 0 ? 'passed over' : 'malformed'
        const order = wholeNumber(bytes, fields.starts[0] as number, fields.ends[0] as number)
        const key = wholeNumber(bytes, fields.starts[1] as number, fields.ends[1] as number)
        const size = wholeNumber(bytes, fields.starts[2] as number, fields.ends[2] as number)
        if (order < 0 || key < 0 || !isSize(size)) return 'malformed'
        into.numbered(key)
        into.sizeBytes = size
        return 'taken'
      },
    }
  },
})
