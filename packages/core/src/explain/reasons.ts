import { causeOf, type Reason, reasonByCode } from '../kernel/outcome.ts'
import { type Entry, entry } from './entry.ts'

const known: readonly Reason[] = reasonByCode.filter((reason) => reason !== undefined)

/** Why calls fail, by the words that reports print. */
export const reasonEntries: readonly Entry[] = known.map((reason) => {
  const { name, meaning, ledger, definite } = reason
  const effect = definite ? 'The callee has done no work for it' : 'The callee may have done the work'
  return entry({
    word: name,
    family: 'reason of failure',
    title: `Reason why a call fails, counted as ${ledger}`,
    summary: `${meaning[0]?.toUpperCase()}${meaning.slice(1)}. ${effect}. The report says: because ${causeOf(name, '<block>')}.`,
    related: known.filter((other) => other !== reason && other.ledger === ledger).map((other) => other.name),
  })
})
