import type { Answer } from '@loadpath/core'
import { printAssumptions } from './assumptions.ts'
import { printBacklogs } from './backlogs.ts'
import { printBlocks } from './blocks.ts'
import { printBottleneck } from './bottleneck.ts'
import { printBreakdown } from './breakdown.ts'
import { printCaches } from './caches.ts'
import { printCost } from './cost.ts'
import { printFooter } from './footer.ts'
import { printGuardedCalls } from './guarded-calls.ts'
import { printLedger } from './ledger.ts'
import { printObjectives } from './objectives.ts'
import { type Page, prose } from './page.ts'
import { printPercentiles } from './percentiles.ts'
import { printPhases } from './phases.ts'
import { printRequests } from './requests.ts'
import { printTrace } from './trace.ts'
import { printVerdict } from './verdict.ts'
import { tie } from './width.ts'
import { printWorlds } from './worlds.ts'

export interface ReportOptions {
  readonly assumptions: boolean
  /** A command that answers the next question, and what it tells. */
  readonly next: readonly { readonly command: string; readonly tells: string }[]
}

/** The order in which one asks. */
const sections = [
  printVerdict,
  printObjectives,
  printRequests,
  printPercentiles,
  printPhases,
  printBreakdown,
  printBlocks,
  printGuardedCalls,
  printBacklogs,
  printCaches,
  printBottleneck,
  printLedger,
  printWorlds,
  printCost,
  printTrace,
]

/** An answer as people read it. */
export function printReport(answer: Answer, page: Page, options: ReportOptions): string {
  const chosen = options.assumptions ? [...sections, printAssumptions] : sections
  return joinSections([
    ...chosen.map((print) => print(answer, page)),
    printFooter(answer, page),
    options.next.flatMap(({ command, tells }) => printNext(command, tells, page)),
  ])
}

/** Sections one below the other, with a line between them. */
export function joinSections(parts: readonly (readonly string[])[]): string {
  const text = parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
  return `${text.replaceAll(tie, ' ')}\n`
}

/** The command on a line of its own, so that it can be copied. */
function printNext(command: string, tells: string, page: Page): string[] {
  return [...prose(`${tells}:`, page, { indent: 0, paint: page.colours.quiet }), `  ${command}`]
}
