import type { ClaimAnswer, TestAnswer } from '@loadpath/core'
import { testedOf } from '../print/tests.ts'
import { tie } from '../print/width.ts'

export const plotName = 'plot.svg'
const begin = '<!-- measured: written by `loadpath claims --write` -->'
const end = '<!-- end of what was measured -->'

/** A page with what was measured put between its two marks; where it has none, at its end. */
export function withMeasured(page: string, { found }: Pick<ClaimAnswer, 'found'>): string {
  const own = `${begin}\n\n![What was measured, with 95 % intervals](${plotName})\n\n${tableOf(found)}\n\n${end}`
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${own}\n`
  return page.slice(0, from) + own + page.slice(to + end.length)
}

function tableOf({ promises, seed }: TestAnswer): string {
  const rows = promises.map(testedOf).map(({ verdict, text, measured }) => `| ${verdict} | \`${text}\` | ${measured} |`)
  return `| seed ${seed} | objective | measured |\n| --- | --- | --- |\n${rows.join('\n')}`.replaceAll(tie, ' ')
}
