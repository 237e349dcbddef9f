import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { traceFormats } from './formats/index.ts'
import { recognise } from './recognise.ts'
import { bytesOf, readWhole } from './testing-traces.ts'

const samples: Readonly<Record<string, string>> = {
  lis: '1 1 0 0\n2 3 0 1\n9 1 0 2\n',
  lirs: '1\n*\n2\n1\n',
  adaptsize: '1 0 68\n2 1 7454\n3 0 68\n',
  keys: 'user:1\nuser:2\nuser:1\n',
  csv: 'time,key,size\n1,a,5\n2,b,6\n3,a,5\n',
  'oracle-general': '\x01\0\0\0\x07\0\0\0\0\0\0\0\x10\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff',
  int32: '\x01\0\0\0\x02\0\0\0\x01\0\0\0',
  'int32-be': '\0\0\0\x01\0\0\0\x02\0\0\0\x01',
  int64: '\x01\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff',
  'int64-be': '\0\0\0\0\0\0\0\x01\xff\xff\xff\xff\xff\xff\xff\xff',
  'access-log': 'h - - [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 5\n',
  'json-lines': '{"ts":1,"uri":"/a"}\n{"ts":2,"uri":"/b"}\n',
}

const usual = { 'time-unit': 1000, separator: 'comma' }

describe.each(traceFormats.names)('%s', (name) => {
  const bytes = bytesOf(samples[name] ?? '')

  // Any bytes are integers: only the name of the file says so.
  const isInteger = name.startsWith('int')

  it(`is recognised by ${isInteger ? 'its name' : 'what is in it'}`, () => {
    expect(recognise(isInteger ? `keys.${name}` : '', bytes)?.name).toBe(name)
    if (isInteger) expect(recognise('keys.bin', bytes)).toBeUndefined()
  })

  it('reads the same wherever its pieces end', () => {
    const whole = readWhole(name, bytes, { values: usual })
    expect(whole.reading.malformed).toBe(0)
    for (const piece of [1, 2, 3, 7]) {
      const { collector, reading } = readWhole(name, bytes, { values: usual, piece })
      expect(reading.entries).toBe(whole.reading.entries)
      expect(collector.ids.subarray(0, collector.length)).toEqual(
        whole.collector.ids.subarray(0, whole.collector.length),
      )
      expect([collector.seen, collector.seenBytes]).toEqual([whole.collector.seen, whole.collector.seenBytes])
    }
  })

  it('is the same behind a byte order mark, and with ends of lines as Windows has them', () => {
    if (traceFormats.get(name).entry !== 'line') return
    const text = String.fromCharCode(...bytes)
    const plain = readWhole(name, bytes, { values: usual })
    for (const other of [`\xef\xbb\xbf${text}`, text.replaceAll('\n', '\r\n'), text.slice(0, -1).concat('\r')]) {
      expect(recognise('', bytesOf(other))).toEqual(recognise('', bytes))
      for (const piece of [1, 4, 1000]) {
        const { collector, reading } = readWhole(name, bytesOf(other), { values: usual, piece })
        expect([reading.taken, reading.passedOver, reading.malformed]).toEqual([
          plain.reading.taken,
          plain.reading.passedOver,
          0,
        ])
        expect(collector.keys.allTexts().texts).toEqual(plain.collector.keys.allTexts().texts)
        expect(collector.ids.subarray(0, collector.length)).toEqual(
          plain.collector.ids.subarray(0, plain.collector.length),
        )
      }
    }
  })

  it('takes any bytes without a fault, and counts each entry once', () => {
    const near = fc.array(fc.constantFrom(...(samples[name] ?? ''), '\n', ' ', '"', '[', '{', '\0', '\xff'), {
      maxLength: 300,
    })
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      near.map((characters) => bytesOf(characters.join(''))),
    )
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 50 }), (input, piece) => {
        const { reading, collector } = readWhole(name, input, { values: usual, piece, keepTimes: true })
        const { entry } = traceFormats.get(name)
        const lines = input.length === 0 ? 0 : bytesToLines(input)
        expect(reading.entries).toBe(entry === 'line' ? lines : Math.ceil(input.length / entry))
        expect(collector.seen).toBeGreaterThanOrEqual(reading.taken)
        recognise('x.csv', input)
      }),
      { numRuns: 300 },
    )
  })
})

function bytesToLines(input: Uint8Array): number {
  const ends = input.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0)
  return input.at(-1) === 10 ? ends : ends + 1
}

it('prefers the format that the name speaks for', () => {
  expect(recognise('a.keys', bytesOf('1\n2\n'))?.name).toBe('keys')
  expect(recognise('a.keys', bytesOf('one key\nanother, longer one\n'))?.name).toBe('keys')
  expect(recognise('a.trace', bytesOf('1\n2\n'))?.name).toBe('lirs')
  expect(recognise('a.lis', bytesOf('GET /a\n'))).toBeUndefined()
})

describe('what can be read when somebody says how', () => {
  const lines = (line: string, n: number) => Array.from({ length: n }, () => `${line}\n`).join('')
  it.each([
    ['lis', '1 1 0 0'],
    ['lirs', '17'],
    ['adaptsize', '1 0 68'],
    ['access-log', 'h - - [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 5'],
    ['json-lines', '{"uri":"/a"}'],
  ])('is recognised as %s too, although there is nearly as much else in it', (name, line) => {
    const text = lines('some other words', 40) + lines(line, 50)
    expect(readWhole(name, bytesOf(text), { values: usual }).reading.isMostlyMalformed).toBe(false)
    expect(recognise('', bytesOf(text))?.name).toBe(name)
    expect(recognise('', bytesOf(lines('some other words', 60) + lines(line, 50)))).toBeUndefined()
  })
  it.each([
    ['tab', '\t'],
    ['semicolon', ';'],
    ['bar', '|'],
  ])('is recognised as columns between which a %s stands', (separator, sign) => {
    const text = `time${sign}key${sign}size\n1${sign}a${sign}5\n`
    expect(recognise('a.tsv', bytesOf(text))).toMatchObject({ name: 'csv', values: { separator } })
  })
  it.each([
    ['csv', 'time,key,size\n'],
    ['lirs', '*\n*\n\n'],
    ['access-log', lines('h - - [10/Oct/2000:13:55:36 -0700] "-" 408 0', 300)],
  ])('is recognised as %s by headings alone', (name, text) => {
    expect(recognise('', bytesOf(text))?.name).toBe(name)
  })
  it('is not what anything could be read as', () => {
    expect(recognise('a.txt', bytesOf(lines('plain', 60) + lines('some words', 40)))).toBeUndefined()
    expect(recognise('', bytesOf('\n\n\n'))).toBeUndefined()
    expect(recognise('', new Uint8Array(9600))).toBeUndefined()
    expect(recognise('a.bin', new Uint8Array(9600).fill(0x91))).toBeUndefined()
  })
  it('knows both ways to say that no request follows in oracle-general', () => {
    const records = (next: bigint) => {
      const bytes = new Uint8Array(24 * 50)
      for (let i = 0; i < 50; i++) new DataView(bytes.buffer).setBigInt64(24 * i + 16, next, true)
      return bytes
    }
    expect(recognise('', records(-1n))?.name).toBe('oracle-general')
    expect(recognise('', records(2n ** 63n - 1n))?.name).toBe('oracle-general')
    expect(recognise('', records(2n ** 62n))).toBeUndefined()
  })
})

it('passes over a line that is longer than any', () => {
  const text = `a\n${'b'.repeat(200_000)}\nc\n`
  for (const piece of [1000, 65_536, 1_000_000]) {
    const { reading, collector } = readWhole('keys', bytesOf(text), { piece })
    expect([reading.taken, reading.malformed, collector.keys.count]).toEqual([2, 1, 2])
    expect(reading.examples).toEqual([{ entry: 2, found: `${'b'.repeat(60)}… (longer than 64 KiB)` }])
  }
})

it('leaves out what does more than read, and takes a sample by key', () => {
  const log = (method: string, path: number) =>
    `h - - [10/Oct/2000:13:55:36 -0700] "${method} /${path} HTTP/1.0" 200 5\n`
  const lines = Array.from({ length: 4000 }, (_, i) => log(i % 4 === 0 ? 'POST' : 'GET', i % 1000))
  const { collector } = readWhole('access-log', bytesOf(lines.join('')), { readsOnly: true, share: 0.2 })
  expect([collector.seen, collector.leftOut]).toEqual([3000, 1000])
  expect(collector.length).toBe(4 * collector.keys.count)
  expect(Math.abs(collector.keys.count / 750 - 0.2)).toBeLessThan(0.05)
})
