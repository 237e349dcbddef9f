import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestAnswer } from '@loadpath/core'
import { plotObjectives } from './plot/objectives.ts'
import { testedOf } from './print/tests.ts'
import { tie } from './print/width.ts'
import { writeReport } from './report-file.ts'

const readmeName = 'README.md'
const plotName = 'plot.svg'
const begin = '<!-- measured: written by `--write` -->'
const end = '<!-- end of what was measured -->'

/** The text of each file beside a design that shows what was measured: its README with the numbers, and a plot. */
export function measuredFiles(folder: string, answer: TestAnswer): ReadonlyMap<string, string> {
  const page = join(folder, readmeName)
  return new Map([
    [page, withMeasured(readFileSync(page, 'utf8'), answer)],
    [join(folder, plotName), plotObjectives(answer)],
  ])
}

export function writeMeasured(folder: string, answer: TestAnswer): void {
  for (const [path, text] of measuredFiles(folder, answer)) writeReport(path, text)
}

/** A page with what was measured put between its two marks; where it has none, at its end. */
function withMeasured(page: string, answer: TestAnswer): string {
  const own = `${begin}\n\n![What was measured, with 95 % intervals](${plotName})\n\n${tableOf(answer)}\n\n${end}`
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${own}\n`
  return page.slice(0, from) + own + page.slice(to + end.length)
}

function tableOf({ objectives, seed }: TestAnswer): string {
  const rows = objectives
    .map(testedOf)
    .map(({ verdict, text, measured }) => `| ${verdict} | \`${text}\` | ${measured} |`)
  return `| seed ${seed} | objective | measured |\n| --- | --- | --- |\n${rows.join('\n')}`.replaceAll(tie, ' ')
}
