import type { Collector } from '@loadpath/core/traces'
import { type Mistakes, mistake } from '../mistakes.ts'
import { count } from '../print/number.ts'
import { listed, plural } from '../print/page.ts'
import type { TraceRead } from './read-trace.ts'

/** Returns the error of a readable trace without requests to replay. */
export function nothingIn(
  file: string,
  { reading, isWhole }: TraceRead,
  { leftOut, leftOutMethods }: Collector,
  cause: () => string,
): Mistakes {
  if (leftOut > 0) {
    const methods = listed([...leftOutMethods].map((method) => method || 'nothing'))
    const them = leftOut === 1 ? 'its only request changes' : `all ${count(leftOut)} requests change`
    return mistake(
      'nothing-to-cache',
      `${them} data (${methods}); caches answer only reads`,
      'name a trace with GET or HEAD requests; if these only read, extract their keys and use `--format keys`',
      file,
    )
  }
  if (!isWhole) return tooEarly(file, cause())
  const { entryName: what, entries } = reading
  const held =
    entries === 1
      ? `its only ${what} is a heading or empty`
      : `its ${plural(entries, what, count(entries))} are headings or empty`
  const message = entries === 0 ? 'the file is empty' : `the file has no request: ${held}`
  return mistake('empty-trace', message, 'name another file', file)
}

/** Returns the error of a trace that ended before its first request. `cause` is `Ctrl-C` or `SIGTERM`. */
export function tooEarly(file: string, cause: string): Mistakes {
  return mistake('empty-trace', `${cause} came before the first request`, 'run it again for longer', file)
}
