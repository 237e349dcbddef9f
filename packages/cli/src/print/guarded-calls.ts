import type { Answer, BlockAnswer, Estimate } from '@loadpath/core'
import { count, estimate, inOneUnit, type Measured } from './number.ts'
import { type Page, prose, safe, section } from './page.ts'
import { table } from './table.ts'

type GuardedCalls = NonNullable<BlockAnswer['guardedCalls']>[number]

/** Calls that pass guards, with the block that makes them. */
export type GuardedBy = GuardedCalls & { readonly from: string }

/** All calls of an answer that pass guards. */
export function guardedIn({ blocks, run }: Answer): readonly GuardedBy[] {
  if (run.isUnsettled === true) return []
  return blocks.flatMap(({ name, guardedCalls = [] }) => guardedCalls.map((calls) => ({ ...calls, from: name })))
}

interface GuardColumn {
  readonly heading: string
  of(calls: GuardedBy): Estimate | null
  readonly unit: (all: readonly GuardedBy[]) => Measured
}

const columns: readonly GuardColumn[] = [
  { heading: 'attempts', of: (calls) => calls.attemptsPerSecond, unit: () => 'rate' },
  { heading: 'rejected', of: (calls) => calls.rejected, unit: () => 'share' },
  { heading: 'breaker open', of: (calls) => calls.open, unit: () => 'share' },
  { heading: 'pool in use', of: (calls) => calls.connections, unit: () => 'share' },
  {
    heading: 'mean wait for a connection',
    of: (calls) => calls.connectionWaitMean,
    unit: (all) => inOneUnit(all.map(({ connectionWaitMean }) => connectionWaitMean)),
  },
  { heading: 'retries refused', of: (calls) => calls.retriesRefused, unit: () => 'share' },
]

/** The headings and a row for each of these calls; only the guards that one of them has. */
export function guardTable(found: readonly GuardedBy[]): { headings: readonly string[]; rows: readonly string[][] } {
  const used = columns.filter(({ of }) => found.some((calls) => of(calls) !== null))
  const units = used.map(({ unit }) => unit(found))
  return {
    headings: ['calls', ...used.map(({ heading }) => heading)],
    rows: found.map((calls) => [
      `${calls.from} → ${calls.to}`,
      ...used.map(({ of }, i) => {
        const measured = of(calls)
        return measured === null ? '' : estimate(measured, units[i] as Measured)
      }),
    ]),
  }
}

/** A sentence for calls of which guards refused some: how many, for which reason. */
export function refusalsOf({ from, to, rejectedBecause }: GuardedBy): string | undefined {
  if (rejectedBecause.length === 0) return undefined
  const reasons = rejectedBecause.map(({ reason, count: number }) => `${count(number)} ${reason}`).join(', ')
  return `${from} → ${to} rejected: ${reasons}`
}

/** A table of the calls that pass guards, and the reasons for which guards refused some. */
export function printGuardedCalls(answer: Answer, page: Page): string[] {
  const found = guardedIn(answer)
  if (found.length === 0) return []
  const { headings, rows } = guardTable(found)
  const lines = table(
    headings.map((heading) => ({ heading })),
    rows.map((cells) => [...cells]),
    { width: page.width, paintHeading: page.colours.quiet },
  )
  const notes = found.flatMap((calls) => {
    const said = refusalsOf(calls)
    return said === undefined ? [] : prose(safe(said), page)
  })
  return section('Guarded calls', [...lines, ...notes], page)
}
