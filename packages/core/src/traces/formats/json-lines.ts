import { text } from '../../support/params.ts'
import { asText } from '../bytes.ts'
import { epochTime, isoTime, logTime } from '../dates.ts'
import { isSize } from '../record.ts'
import { traceFormat } from './format.ts'

/** Where web servers put it, the most specific first: Caddy, nginx with the names of its variables, others. */
const usual = {
  time: ['ts', 'msec', 'time_iso8601', 'time_local', 'time', 'timestamp', '@timestamp'],
  key: ['request.uri', 'request_uri', 'uri', 'url', 'path', 'key', 'id'],
  size: ['size', 'body_bytes_sent', 'bytes_sent', 'bytes', 'status.size'],
  method: ['request.method', 'request_method', 'method'],
} as const

/** A line is a request, and no server writes longer ones. */
const longestLine = 65_536

type Path = readonly string[]

const place = (meaning: string, names: readonly string[]) =>
  text({ meaning: `${meaning}; by default, the first that exists of ${names.join(', ')}`, optional: true })

export const jsonLines = traceFormat({
  name: 'json-lines',
  title: 'JSON lines',
  summary: 'Each line is a JSON object for one request. Nested fields are named with a dot: `request.uri`.',
  source: 'Caddy, "log" directive; nginx, log_format with escape=json and the names of its variables',
  goodFor: 'structured access logs',
  costs: 'slower to read than the other formats',
  aliases: ['json', 'ndjson', 'jsonl'],
  seenIn: ['Caddy', 'nginx (escape=json)', 'Traefik'],
  example: { type: 'json-lines', key: 'request_uri', time: 'msec' },
  params: {
    time: place('field of the time: since 1970, ISO 8601 or as in an access log', usual.time),
    key: place('field of the key', usual.key),
    size: place('field of the size in bytes', usual.size),
    method: place('field of the method', usual.method),
  },
  endings: ['.jsonl', '.ndjson', '.json', '.log'],
  entry: 'line',
  expected: 'a JSON object with a key',
  create(values) {
    const pathsOf = (name: keyof typeof usual): readonly Path[] =>
      (values[name] === undefined ? usual[name] : [values[name]]).map((path) => path.split('.'))
    const [times, keys, sizes, methods] = [pathsOf('time'), pathsOf('key'), pathsOf('size'), pathsOf('method')]
    const scratch = new Uint8Array(4 * longestLine)
    return {
      read(bytes, from, to, into) {
        if (from === to) return 'passed over'
        const found = parsed(asText(bytes, from, to, longestLine))
        if (found === undefined) return 'malformed'
        const key = first(found, keys)
        if ((typeof key !== 'string' && typeof key !== 'number') || key === '') return 'malformed'
        const method = first(found, methods)
        into.timeMs = timeOf(first(found, times))
        const size = first(found, sizes)
        into.sizeBytes = sizeOf(size)
        if (size !== undefined && !isSize(into.sizeBytes)) return 'malformed'
        into.method = typeof method === 'string' ? method.slice(0, 20) : ''
        into.texted(scratch, 0, write(String(key), scratch))
        return 'taken'
      },
    }
  },
})

/** Bytes stand for characters here, so that texts need no decoding: within quotes JSON takes any. */
function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

function first(record: Readonly<Record<string, unknown>>, paths: readonly Path[]): unknown {
  for (const path of paths) {
    let value: unknown = record
    for (const name of path) {
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? value[name as never] : undefined
    }
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** NaN for what is none: of what is neither a number nor a text, JavaScript would make 0 or 1. */
function sizeOf(value: unknown): number {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : Number.NaN
}

function timeOf(value: unknown): number {
  if (typeof value === 'number') return epochTime(value)
  if (typeof value !== 'string') return Number.NaN
  const iso = isoTime(value)
  if (!Number.isNaN(iso)) return iso
  const log = logTime(value)
  return Number.isNaN(log) && /^\d+(\.\d+)?$/.test(value) ? epochTime(Number(value)) : log
}

/** Characters up to 255 were bytes and become them again; what an escape named beyond them is written in UTF-8. */
function write(key: string, into: Uint8Array): number {
  let at = 0
  for (let i = 0; i < key.length && at < into.length - 3; i++) {
    const code = key.charCodeAt(i)
    if (code < 0x100) into[at++] = code
    else {
      if (code >= 0x800) into[at++] = 0xe0 | (code >> 12)
      into[at++] = code >= 0x800 ? 0x80 | ((code >> 6) & 63) : 0xc0 | (code >> 6)
      into[at++] = 0x80 | (code & 63)
    }
  }
  return at
}
