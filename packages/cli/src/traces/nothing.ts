import type { Collector } from '@loadpath/core/traces'
import { type Mistakes, mistake } from '../mistakes.ts'
import { count } from '../print/number.ts'
import { listed, plural } from '../print/page.ts'
import type { TraceRead } from './read-trace.ts'

/** Why there is no request in a trace that could be read. */
export function nothingIn(
  file: string,
  { reading, isWhole }: TraceRead,
  { leftOut, leftOutMethods }: Collector,
  cause: () => string,
): Mistakes {
  if (leftOut > 0) {
    const methods = listed([...leftOutMethods].map((method) => method || 'nothing'))
    const them = leftOut === 1 ? 'its one request does' : `all of its ${count(leftOut)} requests do`
    return mistake(
      'nothing-to-cache',
      `${them} more than read (${methods}), and no cache answers what changes something`,
      'name a trace with GET or HEAD in it; if these only read, cut out what is requested, a line each, and give `--format keys`',
      file,
    )
  }
  if (!isWhole) return tooEarly(file, cause())
  const { entryName: what, entries } = reading
  const held =
    entries === 1
      ? `its one ${what} is a heading or empty`
      : `its ${plural(entries, what, count(entries))} are headings or empty`
  const message = entries === 0 ? 'there is nothing in this file' : `there is no request in this file: ${held}`
  return mistake('empty-trace', message, 'name another one', file)
}

/** @param cause what ended the reading: `Ctrl-C`, `SIGTERM` */
export function tooEarly(file: string, cause: string): Mistakes {
  return mistake('empty-trace', `${cause} came before the first request`, 'let it read longer', file)
}
