import type { ClaimAnswer } from '@loadpath/core'
import { clock } from './number.ts'
import { type Page, plural, safe } from './page.ts'
import { type Cell, table } from './table.ts'
import { testedOf } from './tests.ts'
import { tie } from './width.ts'

/** The result of a claim, and how long its experiment took. */
export interface Examined {
  readonly answer: ClaimAnswer
  readonly tookMs: number
}

/** A line for each claim, then the reason of each claim that is not confirmed. */
export function printClaims(examined: readonly Examined[], page: Page): string {
  if (examined.length === 0) return 'No claim was tested to its end.\n'
  const columns = ['id', 'claim', 'verdict', 'number', 'time'].map((heading) => ({ heading }))
  const rows = examined.map(({ answer, tookMs }): Cell[] => {
    const first = answer.found.objectives[0]
    const { outcome, verdict } = answer
    const said = {
      confirmed: verdict,
      'not-confirmed': `${verdict}: not confirmed`,
      'control-failed': 'control failed',
    }
    return [
      answer.id,
      safe(answer.claim),
      { text: said[outcome], paint: page.colours[outcome === 'confirmed' ? 'good' : 'bad'] },
      first === undefined ? '' : safe(testedOf(first).measured),
      clock(tookMs),
    ]
  })
  const lines = table(columns, rows, { width: page.width, indent: 0, paintHeading: page.colours.quiet })
  const reasons = examined.flatMap(({ answer }) => whyNotConfirmed(answer))
  const count = examined.filter(({ answer }) => answer.outcome !== 'confirmed').length
  const controls = examined.filter(({ answer }) => answer.control !== null).length
  const verdicts = plural(examined.length, 'verdict')
  const tally = `${verdicts}, ${count === 0 ? 'all confirmed' : `${count} not confirmed`}; ${plural(controls, 'negative control')}`
  return `${[...lines, '', ...reasons, tally].join('\n')}\n`.replaceAll(tie, ' ')
}

function whyNotConfirmed({ id, found, control, outcome }: ClaimAnswer): readonly string[] {
  if (outcome === 'control-failed') {
    return [`${id}: control failed: \`${control?.text}\` is false, but its verdict is ${control?.verdict}`]
  }
  return found.objectives
    .filter(({ verdict }) => verdict !== 'met')
    .map(testedOf)
    .map(({ verdict, text, measured }) => `${id}: ${verdict}: ${safe(text)}: measured ${safe(measured)}`)
}
