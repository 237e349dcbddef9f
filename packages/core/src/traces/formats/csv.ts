import { choice, count, duration } from '../../support/params.ts'
import { asText, Fields, wholeNumber } from '../bytes.ts'
import { isSize } from '../record.ts'
import { traceFormat } from './format.ts'

const separators = { comma: 44, semicolon: 59, tab: 9, bar: 124 } as const

/** Headings by which columns are known, as public traces and tools name them. */
const headings = {
  time: ['time', 'timestamp', 'ts', 'clock_time', 'seconds'],
  key: ['key', 'id', 'obj_id', 'object_id', 'object', 'obj', 'lbn', 'lba', 'block', 'address', 'url', 'uri', 'path'],
  size: ['size', 'obj_size', 'object_size', 'bytes', 'length', 'len'],
} as const

const column = (meaning: string) => count({ meaning, optional: true, min: 1, max: 64 })

export const csv = traceFormat({
  name: 'csv',
  title: 'Columns of text',
  summary:
    'Each line is a request, with columns separated by commas. A heading or the parameters name the columns; numbers count from 1.',
  source: 'libCacheSim, doc/quickstart_cachesim.md: its CSV traces name their columns likewise',
  goodFor: 'libCacheSim CSV, exports of tables and other columns',
  costs: 'without a heading, the column of the key must be given',
  example: { type: 'csv', time: 2, size: 4, key: 5 },
  params: {
    time: column('column of the time'),
    key: column('column of the key; without it, the first line must be a heading that names it'),
    size: column('column of the size in bytes'),
    'time-unit': duration({ meaning: 'unit of the column of the time', default: '1s', above: 0 }),
    separator: choice({
      meaning: 'separator of the columns',
      words: ['comma', 'semicolon', 'tab', 'bar'],
      default: 'comma',
    }),
  },
  endings: ['.csv', '.tsv'],
  entry: 'line',
  expected: 'a line with all the columns that are read; times and sizes are numbers',
  create(values) {
    const fields = new Fields()
    const separator = separators[values.separator as keyof typeof separators]
    let { time, key, size } = values
    let isFirst = true
    const numberIn = (bytes: Uint8Array, field: number) => {
      const [start, end] = [fields.starts[field - 1] as number, fields.ends[field - 1] as number]
      const whole = wholeNumber(bytes, start, end)
      return whole >= 0 ? whole : start === end ? Number.NaN : Number(asText(bytes, start, end, 40))
    }
    const takesHeading = (bytes: Uint8Array): boolean => {
      const texts = Array.from({ length: fields.count }, (_, i) =>
        asText(bytes, fields.starts[i] as number, fields.ends[i] as number, 40).toLowerCase(),
      )
      const find = (names: readonly string[]) => 1 + texts.findIndex((text) => names.includes(text)) || undefined
      const isHeading = Object.values(headings).some((names) => find(names) !== undefined)
      if (!isHeading) return false
      if (key !== undefined) return true
      key = find(headings.key)
      time ??= find(headings.time)
      size ??= find(headings.size)
      return true
    }
    return {
      read(bytes, from, to, into) {
        if (from === to) return 'passed over'
        fields.splitAt(separator, bytes, from, to)
        if (isFirst) {
          isFirst = false
          if (takesHeading(bytes)) return key === undefined ? 'malformed' : 'passed over'
        }
        if (key === undefined || key > fields.count || (time ?? 0) > fields.count || (size ?? 0) > fields.count) {
          return 'malformed'
        }
        const [start, end] = [fields.starts[key - 1] as number, fields.ends[key - 1] as number]
        if (start === end) return 'malformed'
        if (time !== undefined) {
          into.timeMs = numberIn(bytes, time) * values['time-unit']
          if (!(into.timeMs >= 0 && into.timeMs < Number.POSITIVE_INFINITY)) return 'malformed'
        }
        if (size !== undefined) {
          into.sizeBytes = numberIn(bytes, size)
          if (!isSize(into.sizeBytes)) return 'malformed'
        }
        into.texted(bytes, start, end)
        return 'taken'
      },
    }
  },
})
