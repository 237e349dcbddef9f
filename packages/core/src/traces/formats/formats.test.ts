import { describe, expect, it } from 'vitest'
import { asText } from '../bytes.ts'
import { TraceReading } from '../reading.ts'
import type { TraceRecord } from '../record.ts'
import { bytesOf } from '../testing-traces.ts'

/** Every entry in a few words: key, how many, bytes, ms, method. */
function read(format: string, text: string | Uint8Array, values: Readonly<Record<string, unknown>> = {}) {
  const said: string[] = []
  const take = (record: TraceRecord) => {
    const { key, bytes, keyFrom, keyTo, count, sizeBytes, timeMs, method } = record
    const parts = [
      key < 0 ? asText(bytes, keyFrom, keyTo) : String(key),
      ...(count === 1 ? [] : [`x${count}`]),
      ...(Number.isNaN(sizeBytes) ? [] : [`${sizeBytes}B`]),
      ...(Number.isNaN(timeMs) ? [] : [`${timeMs}ms`]),
      ...(method === '' ? [] : [method]),
    ]
    said.push(parts.join(' '))
  }
  const reading = new TraceReading({ name: format, values }, take)
  reading.push(typeof text === 'string' ? bytesOf(text) : text)
  reading.end()
  const { passedOver, malformed, examples } = reading
  return { said, passedOver, malformed, examples }
}

describe('lis', () => {
  it('is a first block and how many', () => {
    const { said, malformed } = read('lis', '1 1 0 0\n230027\t8 0 7\r\n\n5 2 0 1')
    expect(said).toEqual(['1', '230027 x8', '5 x2'])
    expect(malformed).toBe(0)
  })
  it('says where a line is none', () => {
    const { said, malformed, examples } = read('lis', '1 1 0 0\nfour words it has\n1 0 0 0\n1 1 0\n9 1 0 3\n')
    expect(said).toEqual(['1', '9'])
    expect(malformed).toBe(3)
    expect(examples[0]).toEqual({ entry: 2, found: 'four words it has' })
  })
  it('has no block beyond 2^53, where two would be one number, and no request as long as a disk', () => {
    const last = Number.MAX_SAFE_INTEGER
    const lines = [`${last} 1 0 0`, `${last} 2 0 1`, `${last - 1} 2 0 2`, '9007199254740993 1 0 3', '0 65537 0 4']
    expect(read('lis', lines.join('\n'))).toEqual({
      said: [`${last}`, `${last - 1} x2`],
      passedOver: 0,
      malformed: 3,
      examples: [
        { entry: 2, found: `${last} 2 0 1` },
        { entry: 4, found: '9007199254740993 1 0 3' },
        { entry: 5, found: '0 65537 0 4' },
      ],
    })
  })
})

it('lirs is a block a line, and stars between', () => {
  expect(read('lirs', '5\r\n*\r\n\n7\nx\n5')).toMatchObject({ said: ['5', '7', '5'], passedOver: 2, malformed: 1 })
})

it('adaptsize is a counter, a key and a size', () => {
  expect(read('adaptsize', '1 0 68\n2 1 7454\n3 2\n')).toMatchObject({ said: ['0 68B', '1 7454B'], malformed: 1 })
})

it('keys are lines of any text', () => {
  expect(read('keys', 'a b\n\n\xe4\n 007').said).toEqual(['a b', '\xe4', ' 007'])
})

describe('csv', () => {
  const usual = { 'time-unit': 1000, separator: 'comma' }
  it('knows its columns by their headings', () => {
    const text = 'version,time,op,size,lbn\n1,5633898,2a,512,42932745\n1,5633899.5,2a, 1024 ,"42,7"\n'
    expect(read('csv', text, usual).said).toEqual(['42932745 512B 5633898000ms', '42,7 1024B 5633899500ms'])
  })
  it('or by their numbers, with a heading or without', () => {
    const values = { ...usual, separator: 'semicolon', key: 2, time: 1, 'time-unit': 1 }
    expect(read('csv', '10;a\n20;b\n', values).said).toEqual(['a 10ms', 'b 20ms'])
    expect(read('csv', 'time;id\n10;a\n', values)).toMatchObject({ said: ['a 10ms'], passedOver: 1 })
  })
  it('refuses a line without its columns, and numbers that are none', () => {
    const values = { ...usual, key: 2, size: 3 }
    expect(read('csv', '1,a,5\n1,b\n1,c,much\n1,d,-1\n1,,5\n', values)).toMatchObject({ said: ['a 5B'], malformed: 4 })
  })
})

it('oracle-general is records of 24 bytes', () => {
  const bytes = new Uint8Array(24 * 2 + 5)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 7, true)
  view.setUint32(4, 0xfffffff0, true)
  view.setUint32(8, 1, true)
  view.setUint32(12, 4096, true)
  view.setUint32(24, 8, true)
  view.setBigUint64(28, 2n ** 63n + 65n, true)
  const { said, malformed } = read('oracle-general', bytes)
  expect(said).toEqual([`${2 ** 32 + 0xfffffff0} 4096B 7000ms`, 'A\0\0\0\0\0\0\x80 0B 8000ms'])
  expect(malformed).toBe(1)
})

const tebibyte = 2 ** 40
const wrongSizes = ['-1', '2.5', '1e400', 'Infinity', 'NaN', '0x', `${tebibyte + 1}`, '9'.repeat(40)]

describe.each([
  ['csv', (size: string) => `1,a,${size}`, { 'time-unit': 1, separator: 'comma', key: 2, size: 3 }, 'a'],
  ['adaptsize', (size: string) => `1 5 ${size}`, {}, '5'],
  ['access-log', (size: string) => `h - - [01/Jan/1970:00:00:00 +0000] "GET /a HTTP/1.0" 200 ${size}`, {}, '/a'],
  ['json-lines', (size: string) => `{"key":"a","size":"${size}"}`, {}, 'a'],
] as const)('a size in %s', (format, line, values, key) => {
  it('is a whole number up to a tebibyte', () => {
    const { said, malformed } = read(format, ['0', '7', `${tebibyte}`].map(line).join('\n'), values)
    expect(malformed).toBe(0)
    expect(said.map((text) => text.replace(/ 0ms GET$/, ''))).toEqual([0, 7, tebibyte].map((size) => `${key} ${size}B`))
  })
  it('that is none makes the entry malformed, and the place is told', () => {
    const lines = wrongSizes.map(line)
    const { said, malformed, examples } = read(format, lines.join('\n'), values)
    expect(said).toEqual([])
    expect(malformed).toBe(wrongSizes.length)
    expect(examples.map(({ entry }) => entry)).toEqual([1, 2, 3, 4, 5])
    expect(examples[0]?.found).toBe((lines[0] as string).slice(0, 60) + ((lines[0] as string).length > 60 ? '…' : ''))
  })
})

it('a size in JSON is a number or a text, and nothing that JavaScript would make one of', () => {
  const lines = ['true', '[]', '""', '{}', '1e400', '-0.5', '"5"', '5'].map((size) => `{"key":"a","size":${size}}`)
  expect(read('json-lines', lines.join('\n'))).toMatchObject({ said: ['a 5B', 'a 5B'], malformed: 6 })
})

it('a size in oracle-general is whatever 32 bits can say', () => {
  const bytes = new Uint8Array(24)
  new DataView(bytes.buffer).setUint32(12, 0xffffffff, true)
  expect(read('oracle-general', bytes)).toMatchObject({ said: ['0 4294967295B 0ms'], malformed: 0 })
})

it('a time is finite', () => {
  const values = { 'time-unit': 1000, separator: 'comma', key: 2, time: 1 }
  expect(read('csv', '1e400,a\n1e307,a\n5,a\n', values)).toMatchObject({ said: ['a 5000ms'], malformed: 2 })
  expect(read('json-lines', '{"key":"a","ts":1e400}\n').said).toEqual(['a'])
})

describe('access-log', () => {
  const at = Date.UTC(2000, 9, 10, 20, 55, 36).toString()
  it('is the Common Log Format', () => {
    const line = '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326'
    expect(read('access-log', line).said).toEqual([`/apache_pb.gif 2326B ${at}ms GET`])
  })
  it('and the Combined one', () => {
    const line =
      '::1 - - [10/Oct/2000:20:55:36 +0000] "POST /a?b=\\"c\\" HTTP/2.0" 201 - "http://x/" "Mozilla (X11; [en])"'
    expect(read('access-log', line).said).toEqual([`/a?b=\\"c\\" 0B ${at}ms POST`])
  })
  it('passes over connections on which nothing was asked', () => {
    const line = 'h - - [10/Oct/2000:20:55:36 +0000] "-" 408 0'
    expect(read('access-log', `${line}\nnonsense\n`)).toMatchObject({ said: [], passedOver: 1, malformed: 1 })
  })
})

describe('json-lines', () => {
  it('reads Caddy', () => {
    const line =
      '{"level":"info","ts":1646861401.5241,"logger":"http.log.access","request":{"method":"GET","host":"localhost","uri":"/a\\u00e9"},"duration":0.0009,"size":10900,"status":200}'
    expect(read('json-lines', line).said).toEqual(['/a\xe9 10900B 1646861401524.1ms GET'])
  })
  it('reads nginx', () => {
    const line =
      '{"time_iso8601":"2022-03-09T22:30:01+01:00","request_method":"GET","request_uri":"/","body_bytes_sent":"612"}'
    expect(read('json-lines', line).said).toEqual([`/ 612B ${Date.UTC(2022, 2, 9, 21, 30, 1)}ms GET`])
  })
  it('reads fields by name', () => {
    const values = { key: 'a.b', time: 't', size: 'n' }
    expect(read('json-lines', '{"a":{"b":12},"t":1,"n":3}\n{"a":1}\n[]\n{', values)).toMatchObject({
      said: ['12 3B 1000ms'],
      malformed: 3,
    })
  })
})
