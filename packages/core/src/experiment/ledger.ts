import { blockOf, type Outcome, reasonOf } from '../kernel/outcome.ts'
import { oncePer } from '../support/once-per.ts'
import type { Ledger } from './answer.ts'
import type { RunResults, Selection } from './run-results.ts'
import { cellsOf } from './selected.ts'

/** Names of where requests can fail, in the order of their numbers. */
const placesOf = oncePer(({ blocks, kinds }: RunResults) => [...blocks, ...new Set(kinds.map(({ source }) => source))])

/** Why and where a request failed; null if it did not. */
export function failureOf(results: RunResults, outcome: Outcome): { reason: string; block: string } | null {
  const reason = reasonOf(outcome)
  if (reason === undefined) return null
  return { reason: reason.name, block: placesOf(results)[blockOf(outcome)] ?? 'links' }
}

/** Outcome of the requests selected, in counts that add up. */
export function ledgerOf(results: RunResults, selection: Selection): Ledger {
  const byOutcome = new Map<Outcome, number>()
  const total = { offered: 0, answered: 0, inFlight: 0 }
  let late = 0
  for (const replicate of results.replicates) {
    for (const cell of cellsOf(replicate, selection)) {
      total.offered += cell.offered
      total.answered += cell.answered
      total.inFlight += cell.inside
      late += cell.answered - cell.inTime
      for (const [outcome, count] of cell.failed) byOutcome.set(outcome, (byOutcome.get(outcome) ?? 0) + count)
    }
  }
  const column = (name: 'rejected' | 'timed-out' | 'lost') =>
    [...byOutcome].reduce((sum, [outcome, count]) => sum + (reasonOf(outcome)?.ledger === name ? count : 0), 0)
  const reasons = [...byOutcome]
    .flatMap(([outcome, count]) => {
      const failure = failureOf(results, outcome)
      return failure === null ? [] : [{ ...failure, count }]
    })
    .sort((a, b) => b.count - a.count || (a.reason + a.block < b.reason + b.block ? -1 : 1))
  const outcomes = { ...total, ...(late > 0 ? { late } : {}) }
  return { ...outcomes, rejected: column('rejected'), timedOut: column('timed-out'), lost: column('lost'), reasons }
}
