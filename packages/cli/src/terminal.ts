import { WriteStream } from 'node:tty'
import * as yoctocolors from 'yoctocolors'
import { type Colours, type Page, plain } from './print/page.ts'

/** Least width of a report, columns. */
const narrowest = 40
const widest = 140
/** Width for a file or a pipe, columns. */
const usual = 100

const colourful: Colours = {
  heading: yoctocolors.bold,
  quiet: yoctocolors.dim,
  strong: yoctocolors.bold,
  good: yoctocolors.green,
  bad: yoctocolors.red,
  doubtful: yoctocolors.yellow,
}

/** The properties of an output stream. */
export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
}

export function pageFor(stream: Stream): Page {
  return { width: widthOf(stream), colours: coloursFor(stream) }
}

/** Returns colours on a terminal only; NO_COLOR and FORCE_COLOR override this. */
export function coloursFor(stream: Stream): Colours {
  const forced = process.env.FORCE_COLOR
  if (forced !== undefined && forced !== '') return /^(0|false)$/.test(forced) ? plain : colourful
  const refused = process.env.NO_COLOR
  if (refused !== undefined && refused !== '') return plain
  return stream.isTTY === true && process.env.TERM !== 'dumb' && WriteStream.prototype.hasColors() ? colourful : plain
}

function widthOf(stream: Stream): number {
  const told = Number(process.env.COLUMNS)
  const columns = stream.columns ?? (Number.isInteger(told) && told > 0 ? told : usual)
  return Math.max(narrowest, Math.min(widest, columns))
}
