import type { ClaimAnswer } from '@loadpath/core'
import { clock } from './number.ts'
import { type Page, plural, safe } from './page.ts'
import { type Cell, table } from './table.ts'
import { testedOf } from './tests.ts'
import { tie } from './width.ts'

/** A claim that was examined, and how long that took. */
export interface Examined {
  readonly answer: ClaimAnswer
  readonly tookMs: number
}

/** One line a claim, then what did not come out as its README says. */
export function printClaims(examined: readonly Examined[], page: Page): string {
  if (examined.length === 0) return 'no claim was examined to its end\n'
  const columns = ['id', 'claim', 'verdict', 'number', 'time'].map((heading) => ({ heading }))
  const rows = examined.map(({ answer, tookMs }): Cell[] => {
    const first = answer.found.objectives[0]
    const { outcome, verdict } = answer
    const said = outcome === 'stands' ? verdict : outcome === 'fell' ? `${verdict}: fell` : 'judge broken'
    return [
      answer.id,
      safe(answer.claim),
      { text: said, paint: page.colours[outcome === 'stands' ? 'good' : 'bad'] },
      first === undefined ? '' : safe(testedOf(first).measured),
      clock(tookMs),
    ]
  })
  const lines = table(columns, rows, { width: page.width, indent: 0, paintHeading: page.colours.quiet })
  const fallen = examined.flatMap(({ answer }) => whyFallen(answer))
  const count = examined.filter(({ answer }) => answer.outcome !== 'stands').length
  const canaries = examined.filter(({ answer }) => answer.canary !== null).length
  const tally = `${plural(examined.length, 'verdict')}, ${count === 0 ? 'all stand' : `${count} fell`}; ${canaries} checked by a canary`
  return `${[...lines, '', ...fallen, tally].join('\n')}\n`.replaceAll(tie, ' ')
}

function whyFallen({ id, found, canary, outcome }: ClaimAnswer): readonly string[] {
  if (outcome === 'judge-broken') {
    return [`${id}: the judge is broken: its canary, \`${canary?.text}\`, is false and came out as ${canary?.verdict}`]
  }
  return found.objectives
    .filter(({ verdict }) => verdict !== 'met')
    .map(testedOf)
    .map(({ verdict, text, measured }) => `${id}: ${verdict}: ${safe(text)}: measured ${safe(measured)}`)
}
