import { asText, wholeNumber } from '../bytes.ts'
import { logTime } from '../dates.ts'
import { isSize } from '../record.ts'
import { traceFormat } from './format.ts'

const [blank, quote, dash, open, close, backslash] = [32, 34, 45, 91, 93, 92]

/** The next `"` that is not escaped, or -1. */
function closingQuote(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] === backslash) at++
    else if (bytes[at] === quote) return at
  }
  return -1
}

function indexWithin(byte: number, bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (bytes[at] === byte) return at
  return -1
}

export const accessLog = traceFormat({
  name: 'access-log',
  title: 'Access log',
  summary:
    'The Common or Combined Log Format of web servers: host, two names, [time], "method path protocol", status, bytes. The key is the path with its query.',
  source: 'Apache HTTP Server, mod_log_config: "%h %l %u %t \\"%r\\" %>s %b"',
  goodFor: 'the default logs of nginx, Apache, Varnish and load balancers',
  costs: 'times are whole seconds; sizes are those of the responses, which may be smaller than the objects',
  aliases: ['clf', 'common', 'combined'],
  seenIn: ['nginx', 'Apache', 'Varnish (varnishncsa)'],
  params: {},
  endings: ['.log', 'access.log', 'access_log'],
  entry: 'line',
  expected: 'a line such as `::1 - - [10/Oct/2000:13:55:36 -0700] "GET /index.html HTTP/1.0" 200 2326`',
  create() {
    let lastTime = ''
    let lastMs = Number.NaN
    return {
      read(bytes, from, to, into) {
        if (from === to) return 'passed over'
        const opened = indexWithin(open, bytes, from, to)
        const closed = opened < 0 ? -1 : indexWithin(close, bytes, opened, to)
        if (closed < 0 || closed - opened > 40 || bytes[closed + 2] !== quote) return 'malformed'
        const time = asText(bytes, opened + 1, closed)
        if (time !== lastTime) [lastTime, lastMs] = [time, logTime(time)]
        const request = closed + 3
        const end = closingQuote(bytes, request, to)
        if (end < 0 || Number.isNaN(lastMs) || bytes[end + 1] !== blank) return 'malformed'
        const statusEnd = indexWithin(blank, bytes, end + 2, to)
        if (statusEnd < 0 || wholeNumber(bytes, end + 2, statusEnd) < 0) return 'malformed'
        const sizeEnd = indexWithin(blank, bytes, statusEnd + 1, to)
        const size = sizeOf(bytes, statusEnd + 1, sizeEnd < 0 ? to : sizeEnd)
        if (!isSize(size)) return 'malformed'
        const methodEnd = indexWithin(blank, bytes, request, end)
        // A connection on which nothing was asked leaves "-".
        if (methodEnd < 0) return 'passed over'
        const pathEnd = indexWithin(blank, bytes, methodEnd + 1, end)
        into.timeMs = lastMs
        into.sizeBytes = size
        into.method = asText(bytes, request, methodEnd, 20)
        into.texted(bytes, methodEnd + 1, pathEnd < 0 ? end : pathEnd)
        return 'taken'
      },
    }
  },
})

/** `-` is nothing. */
function sizeOf(bytes: Uint8Array, from: number, to: number): number {
  return to === from + 1 && bytes[from] === dash ? 0 : wholeNumber(bytes, from, to)
}
