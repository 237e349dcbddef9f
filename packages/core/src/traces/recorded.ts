import { policy } from '../support/params/chosen.ts'
import { readFields } from '../support/params/fields.ts'
import { readBytes } from '../support/params/file.ts'
import { describe, type MapNode, type Node } from '../support/params/node.ts'
import { complain, type Reading } from '../support/params/reading.ts'
import { described } from '../support/params/schema.ts'
import { type Chosen, file, type Param } from '../support/params.ts'
import { Collector } from './collector.ts'
import { traceFormats } from './formats/index.ts'
import { TraceReading } from './reading.ts'
import { headBytes, recognise } from './recognise.ts'
import { spreadTimes } from './times.ts'

/** A design keeps its traces in memory, for every thread at once. */
const mostRequests = 20_000_000

/** The requests of a trace that drives a source: plain data, in memory that threads share where there is such. */
export interface RecordedTrace {
  readonly file: string
  readonly format: Chosen
  readonly requests: number
  /** By request: the dense number of its key, from 0; ms since the first one, ascending; number of its method. */
  readonly ids: Int32Array
  readonly timesMs: Float64Array | null
  readonly methods: Uint8Array
  /** By key: the most that an answer had, bytes; null where the trace does not tell a size each time. */
  readonly sizes: Float64Array | null
  readonly methodNames: readonly string[]
  /** From the first request to the last and a mean gap more, so that the rate is the number over this; null without times. */
  readonly lengthMs: number | null
  /** The texts of the keys behind one another, and from where to where each is; empty where keys are numbers. */
  readonly texts: Uint8Array
  readonly textStarts: Float64Array
  readonly textEnds: Float64Array
  /** What had to be left out, in a sentence; null if all could be read. */
  readonly leftOut: string | null
}

const fields = {
  file: file({ meaning: 'the trace: a file in the folder of the design, also gzip, zstd or xz' }),
  format: policy({
    meaning: 'format of the trace; recognized from the name and the first lines by default',
    family: () => traceFormats,
    optional: true,
  }),
}

type Written = string | { readonly file: string; readonly format?: string | Readonly<Record<string, string | number>> }

const expected = 'a trace such as `access.log.gz`, or `{ file: trace.csv, format: { type: csv, key: 2 } }`'

/** A recorded trace, or an access log. */
export function recordedTrace(meaning: string): Param<RecordedTrace | undefined, Written | undefined> {
  return {
    meaning,
    optional: true,
    kind: 'trace',
    expected,
    facts: { fields },
    read: readTrace,
    fits: (node) => (node.kind === 'list' ? 0 : 1),
    schema: (scope) =>
      described(
        {
          anyOf: [
            { type: 'string' },
            {
              type: 'object',
              properties: { file: fields.file.schema(scope), format: fields.format.schema(scope) },
              required: ['file'],
              additionalProperties: false,
            },
          ],
        },
        meaning,
      ),
  }
}

function readTrace(node: Node, reading: Reading): RecordedTrace | undefined {
  if (node.kind === 'list') {
    const found = describe(node)
    return complain(reading, node.place, {
      code: 'wrong-form',
      message: '`replay` must be a trace, not a list',
      expected,
      found,
    })
  }
  if (node.kind === 'scalar') return readFrom(node, undefined, reading)
  // The file is read as bytes below; what else stands there is read as ever.
  const where = node.entries.get('file')?.value
  const rest: MapNode = { ...node, entries: new Map([...node.entries].filter(([key]) => key !== 'file')) }
  const others = readFields(rest, { params: { format: fields.format } }, reading)
  if (where === undefined) {
    return complain(reading, node.place, {
      code: 'missing-field',
      message: '`replay` has no `file`',
      expected: '`file`: a path',
      hint: 'add `file`, the path of the trace',
    })
  }
  return others && readFrom(where, others.format as Chosen | undefined, reading)
}

/** What was read of the same bytes before: a design and each of its variants name the same file. */
const read = new WeakMap<Uint8Array, Map<string, RecordedTrace>>()

function readFrom(node: Node, given: Chosen | undefined, reading: Reading): RecordedTrace | undefined {
  const found = readBytes(node, reading)
  if (found === undefined) return undefined
  const { path, bytes } = found
  if (bytes.length === 0) {
    const hint = 'name another file; a log that was just rotated has its entries in the older file'
    const message = `the trace ${describe(node)} is empty`
    return complain(reading, node.place, { code: 'unknown-trace', message, found: describe(node), hint })
  }
  const format = given ?? recognise(path.replace(/\.(gz|zst)$/i, ''), bytes.subarray(0, headBytes))
  if (format === undefined) {
    return complain(reading, node.place, {
      code: 'unknown-trace',
      message: `unknown trace format of ${describe(node)}`,
      expected: `one of the formats ${traceFormats.names.join(', ')}`,
      found: describe(node),
      hint: 'name the format: `replay: { file: access.log, format: access-log }`',
    })
  }
  const before = read.get(bytes) ?? new Map<string, RecordedTrace>()
  read.set(bytes, before)
  const key = JSON.stringify([path, format])
  const known = before.get(key)
  if (known !== undefined) return warned(known, node, reading)
  const trace = collect(path, bytes, format, node, reading)
  if (trace === undefined) return undefined
  before.set(key, trace)
  return warned(trace, node, reading)
}

/** Says each time what was left out: each reading of a design tells all its problems. */
function warned(trace: RecordedTrace, node: Node, reading: Reading): RecordedTrace {
  const { leftOut } = trace
  if (leftOut !== null)
    complain(reading, node.place, { severity: 'warning', code: 'trace-entries-left-out', message: leftOut })
  return trace
}

function collect(
  path: string,
  bytes: Uint8Array,
  format: Chosen,
  node: Node,
  reading: Reading,
): RecordedTrace | undefined {
  const collector = new Collector({ keepTimes: true })
  const entries = new TraceReading(format, (record) => {
    // One entry may stand for many requests.
    if (collector.length <= mostRequests) collector.take(record)
  })
  const piece = 1 << 20
  for (let from = 0; from < bytes.length && collector.length <= mostRequests; from += piece) {
    entries.push(bytes.subarray(from, from + piece))
  }
  entries.end()
  const { malformed, passedOver, taken, examples } = entries
  const [first] = examples
  const where = first === undefined ? '' : `; the first is entry ${first.entry}: \`${first.found}\``
  if (collector.length === 0 || entries.isMostlyMalformed) {
    const message =
      malformed === 0
        ? `the trace has no request: ${passedOver === 1 ? 'its only entry is a heading' : `its ${passedOver} entries are headings`} or empty`
        : `most entries are not in the format \`${format.name}\`${where}`
    return complain(reading, node.place, { code: 'unknown-trace', message, expected: entries.format.expected })
  }
  if (collector.length > mostRequests || collector.keys.isFull) {
    const message = `the trace has more than ${mostRequests / 1e6} million requests`
    const hint = 'extract the relevant part, such as the busiest hour'
    return complain(reading, node.place, { code: 'too-large', message, hint })
  }
  const leftOut =
    malformed === 0
      ? null
      : `${malformed} of ${malformed + taken} entries ${malformed === 1 ? 'is not in the format' : 'are not in the format'} \`${format.name}\` and ${malformed === 1 ? 'is' : 'are'} left out${where}`
  return packed(path, format, collector, leftOut)
}

function packed(path: string, format: Chosen, collector: Collector, leftOut: string | null): RecordedTrace {
  const { length: requests, keys, methodNames } = collector
  const { texts, starts, ends } = keys.allTexts()
  const times = collector.times.subarray(0, requests)
  const hasTimes = !times.some(Number.isNaN)
  const timesMs = hasTimes ? shared(Float64Array, spreadTimes(times)) : null
  const last = timesMs?.[requests - 1]
  return {
    file: path,
    format,
    requests,
    ids: shared(Int32Array, collector.ids.subarray(0, requests)),
    timesMs,
    sizes: collector.sizes === null ? null : shared(Float64Array, largestSizes(collector, collector.sizes)),
    methods: shared(Uint8Array, collector.methods.subarray(0, requests)),
    methodNames,
    lengthMs:
      last === undefined ? null : requests > 1 && last > 0 ? (last * requests) / (requests - 1) : Math.max(1, last),
    texts: shared(Uint8Array, texts),
    textStarts: shared(Float64Array, starts),
    textEnds: shared(Float64Array, ends),
    leftOut,
  }
}

/** What says that nothing has changed, or sends a part, is smaller than the object. */
function largestSizes({ ids, length, keys }: Collector, sizes: Float64Array): Float64Array {
  const largest = new Float64Array(keys.count)
  for (let i = 0; i < length; i++) {
    const id = ids[i] as number
    largest[id] = Math.max(largest[id] as number, sizes[i] as number)
  }
  return largest
}

interface TypedArrays<T> {
  new (buffer: ArrayBufferLike): T
  readonly BYTES_PER_ELEMENT: number
}

/** A copy in memory that is not copied again for each thread. */
function shared<T extends { set(from: T): void; readonly length: number }>(type: TypedArrays<T>, array: T): T {
  const bytes = array.length * type.BYTES_PER_ELEMENT
  const copy = new type(
    typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes),
  )
  copy.set(array)
  return copy
}
