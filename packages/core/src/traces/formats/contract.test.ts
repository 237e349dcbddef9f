import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../explain/testing-chosen.ts'
import { testingSource } from '../../support/testing-source.ts'
import { asText } from '../bytes.ts'
import { isSize, TraceRecord, type Verdict } from '../record.ts'
import { bytesOf } from '../testing-traces.ts'
import { type RecordReader, type TraceFormat, traceFormat } from './format.ts'
import { traceFormats } from './index.ts'
import { keys } from './keys.ts'

/** Entries of 24 bytes: seconds, object and size of libCacheSim. */
const oracle = (() => {
  const bytes = new Uint8Array(48)
  const view = new DataView(bytes.buffer)
  for (const [at, key] of [
    [0, 7],
    [24, 9],
  ] as const) {
    view.setUint32(at, 5, true)
    view.setBigUint64(at + 4, BigInt(key), true)
    view.setUint32(at + 12, 4096, true)
  }
  return bytes
})()

interface Known {
  readonly bytes: Uint8Array
  readonly keys: readonly string[]
  readonly values?: Readonly<Record<string, unknown>>
}

const logLine = (path: string) => `h - - [01/Jan/2026:00:00:00 +0000] "GET ${path} HTTP/1.1" 200 9\n`

/** Two entries of each format, and the keys that they are for. */
const known: Readonly<Record<string, Known>> = {
  lis: { bytes: bytesOf('7 1 0 0\n9 1 0 1\n'), keys: ['7', '9'] },
  'access-log': { bytes: bytesOf(logLine('/a') + logLine('/b')), keys: ['/a', '/b'] },
  'json-lines': { bytes: bytesOf('{"key":"a"}\n{"key":"b"}\n'), keys: ['a', 'b'], values: {} },
  csv: { bytes: bytesOf('key,size\na,5\nb,6\n'), keys: ['a', 'b'], values: { 'time-unit': 1000, separator: 'comma' } },
  adaptsize: { bytes: bytesOf('0 7 100\n1 9 200\n'), keys: ['7', '9'] },
  lirs: { bytes: bytesOf('7\n9\n'), keys: ['7', '9'] },
  'oracle-general': { bytes: oracle, keys: ['7', '9'] },
  int32: { bytes: Uint8Array.of(7, 0, 0, 0, 9, 1, 0, 0), keys: ['7', '265'] },
  'int32-be': { bytes: Uint8Array.of(0, 0, 0, 7, 0, 0, 1, 9), keys: ['7', '265'] },
  int64: { bytes: Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0, 9, 1, 0, 0, 1, 0, 0, 0), keys: ['7', '4294967561'] },
  'int64-be': { bytes: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 1, 9), keys: ['7', '4294967561'] },
  keys: { bytes: bytesOf('a\nb\n'), keys: ['a', 'b'] },
}

interface Read {
  readonly verdicts: readonly Verdict[]
  readonly keys: readonly string[]
  readonly wrong: readonly string[]
}

function entriesOf({ entry }: TraceFormat, bytes: Uint8Array): readonly (readonly [number, number])[] {
  if (entry !== 'line')
    return Array.from({ length: Math.floor(bytes.length / entry) }, (_, i) => [i * entry, (i + 1) * entry])
  const ends = [...bytes].flatMap((byte, i) => (byte === 10 ? [i] : []))
  return ends.map((end, i) => [i === 0 ? 0 : (ends[i - 1] as number) + 1, end])
}

function read(format: TraceFormat, reader: RecordReader, bytes: Uint8Array): Read {
  const verdicts: Verdict[] = []
  const found: string[] = []
  const wrong: string[] = []
  for (const [from, to] of entriesOf(format, bytes)) {
    const record = new TraceRecord()
    const verdict = reader.read(bytes, from, to, record)
    verdicts.push(verdict)
    if (!['taken', 'passed over', 'malformed'].includes(verdict)) wrong.push(`says ${verdict} of an entry`)
    if (verdict !== 'taken') continue
    const { key, keyFrom, keyTo, count, sizeBytes, timeMs } = record
    found.push(key < 0 ? asText(record.bytes, keyFrom, keyTo) : String(key))
    if (!(key >= 0 ? Number.isSafeInteger(key) : keyTo >= keyFrom && keyTo <= to)) wrong.push('a key that is none')
    if (!(Number.isSafeInteger(count) && count >= 1)) wrong.push(`${count} requests in an entry`)
    if (!(Number.isNaN(sizeBytes) || isSize(sizeBytes))) wrong.push(`a size of ${sizeBytes}`)
    if (!(Number.isNaN(timeMs) || Number.isFinite(timeMs))) wrong.push(`a time of ${timeMs}`)
  }
  return { verdicts, keys: found, wrong: [...new Set(wrong)] }
}

/** What a format does not keep of what each of them promises. */
function broken(format: TraceFormat, { bytes, keys: expected, values }: Known): readonly string[] {
  const own = values ?? chosenAsItSays(format).values
  const first = read(format, format.create(own), bytes)
  return [
    ...(first.keys.join() === expected.join() ? [] : [`reads ${first.keys.join()} for ${expected.join()}`]),
    ...first.wrong,
    ...noise.flatMap((any) => {
      try {
        return read(format, format.create(own), any).wrong
      } catch (error) {
        return [`throws: ${error}`]
      }
    }),
  ]
}

/** Random bytes, of any kind and of those that traces have. */
const noise = (() => {
  const source = testingSource(2)
  const letters = bytesOf('0123456789 ,;"{}:-[]/.ab\t\r\n\n')
  const any = (count: number, of: () => number) => Uint8Array.from({ length: count }, of)
  return Array.from({ length: 200 }, (_, i) =>
    i % 2 === 0
      ? any(200, () => Math.floor(source.next() * 256))
      : any(400, () => letters[Math.floor(source.next() * letters.length)] as number),
  )
})()

it('every format has entries whose keys are known', () => {
  expect(Object.keys(known).sort()).toEqual([...traceFormats.names].sort())
})

describe.each(traceFormats.members.map((format) => [format.name, format] as const))('%s', (name, format) => {
  it('reads the keys of its entries, and of any bytes nothing that is none', () => {
    expect(broken(format, known[name] as Known)).toEqual([])
  })
})

const like = (reading: RecordReader['read']): TraceFormat =>
  traceFormat({ ...keys, create: () => ({ read: reading }) }) as TraceFormat

it.each<[string, TraceFormat]>([
  [
    'takes every entry for the same',
    like((_bytes, _from, _to, into) => {
      into.numbered(7)
      return 'taken'
    }),
  ],
  [
    'has sizes below 0',
    like((bytes, from, to, into) => {
      into.sizeBytes = -1
      into.texted(bytes, from, to)
      return 'taken'
    }),
  ],
  [
    'throws at what it cannot read',
    like((bytes, from, to, into) => {
      if (to - from > 5) throw new Error('too long')
      into.texted(bytes, from, to)
      return 'taken'
    }),
  ],
])('a format that %s is caught', (_mistake, format) => expect(broken(format, known.keys as Known)).not.toEqual([]))
