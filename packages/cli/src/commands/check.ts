import { statSync } from 'node:fs'
import { catalogue, type Design, fixDesign, type Problem, readDesign, version } from '@loadpath/core'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { type DesignText, readDesignText } from '../design-file.ts'
import { exitCodes } from '../exit-codes.ts'
import { problemsAsJson } from '../first-problems.ts'
import { toJson } from '../json.ts'
import { mistake } from '../mistakes.ts'
import { noRoom } from '../no-room.ts'
import { plural, safe } from '../print/page.ts'
import { countProblems, printProblems, readAloud, refuseSecondStandardInput } from '../reading.ts'
import { problemsAsSarif } from '../sarif.ts'
import { coloursFor } from '../terminal.ts'
import { writeWhole } from '../whole-file.ts'

export interface CheckFlags {
  readonly set?: readonly string[]
  readonly fix: boolean
  readonly json: boolean
  readonly format?: 'text' | 'json' | 'sarif'
}

interface Checked {
  readonly file: string
  readonly text: string
  /** Undefined if the design is not valid. */
  readonly design: Design | undefined
  readonly problems: readonly Problem[]
  readonly rewritten: ReturnType<typeof fixed>['rewritten']
}

/** Characters of a part of a file, or of the name of a design, that are shown. */
const longestShown = 80

export async function runCheck(this: LoadpathContext, flags: CheckFlags, ...files: string[]): Promise<void> {
  const { stdout } = this.process
  const format = flags.json ? 'json' : (flags.format ?? 'text')
  const settings = (flags.set ?? []).flatMap((setting) => ['--set', setting])
  const replay = () => commandLine(['loadpath', 'check', ...files, ...settings])
  await conclude(this, { json: format !== 'text', replay }, async () => {
    refuseSecondStandardInput(files)
    const checked = files.map((file) => checkFile(file, flags))
    if (format === 'json') stdout.write(toJson({ schemaVersion: 1, designs: checked.map(documentOf) }))
    else if (format === 'sarif') stdout.write(toJson(problemsAsSarif(checked, version)))
    else stdout.write(checked.map((one) => printCheck(one, coloursFor(stdout))).join('\n'))
    return checked.some(({ design }) => design === undefined) ? exitCodes.wrong : exitCodes.ok
  })
}

function checkFile(argument: string, flags: CheckFlags): Checked {
  const found = readDesignText(argument)
  const { file, readFile } = found
  const { text, rewritten } = flags.fix ? readAloud(found, () => fix(found)) : { text: found.text, rewritten: [] }
  const options = { file, readFile, ...(flags.set === undefined ? {} : { set: flags.set }) }
  const { design, problems } = readAloud({ file, text }, () => readDesign(text, catalogue, options))
  return { file, text, design, problems: flags.fix ? problems.map(leftAsItIs) : problems, rewritten }
}

/** A former form that is still there: an anchor, a comment or the path of a variant depends on it. */
function leftAsItIs(problem: Problem): Problem {
  if (problem.code !== 'former-form') return problem
  return { ...problem, hint: 'write it by hand: an anchor, a comment or a variant depends on this form' }
}

function documentOf({ file, design, problems, rewritten }: Checked) {
  return { file, valid: design !== undefined, ...problemsAsJson(problems), rewritten }
}

function printCheck(
  { file, text, design, problems, rewritten }: Checked,
  colours: ReturnType<typeof coloursFor>,
): string {
  const changes = rewritten.map(
    ({ place, from, to }) =>
      `${safe(file)}:${place.line}:${place.column}: rewritten: ${onOneLine(from)} is now ${onOneLine(to)}\n`,
  )
  const listed = printProblems(problems, text, colours)
  const count = problems.length > 0 ? `: ${countProblems(problems)}` : ''
  const verdict =
    design === undefined ? `${safe(file)} is not valid${count}` : `${safe(file)} is valid${count}\n${contents(design)}`
  return `${changes.join('')}${listed}${listed === '' ? '' : '\n'}${verdict}\n`
}

/** A part of a file as it fits on a line. */
function onOneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return safe(line.length > longestShown ? `${line.slice(0, longestShown)}\u2026` : line)
}

function fix({ text, file, readFile, path }: DesignText): ReturnType<typeof fixed> {
  // `/dev/stdin` and `/dev/fd/3` have a path, behind which there may be a pipe.
  if (path === undefined || !statSync(path).isFile())
    throw mistake('cannot-fix-stdin', '`--fix` cannot rewrite standard input', 'name the file', file)
  const result = fixed(text, file, readFile)
  if (result.text === text) return result
  try {
    writeWhole(path, result.text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const reason = noRoom(error) ?? { why, hint: 'check the permissions of the file and its folder' }
    throw mistake('unwritable-design', `cannot rewrite the file: ${reason.why}`, reason.hint, file)
  }
  return result
}

function fixed(text: string, file: string, readFile: DesignText['readFile']) {
  const { text: better, rewrites } = fixDesign(text, catalogue, { file, readFile })
  return { text: better, rewritten: rewrites.map(({ place, from, to }) => ({ place, from, to })) }
}

function contents({ name, blocks, sources, faults, objectives, relations, variants }: Design): string {
  const counts: readonly [number, string][] = [
    [blocks.length, 'block'],
    [sources.length, 'source'],
    [faults.length, 'fault'],
    [objectives.length + relations.length, 'objective'],
    [variants.length, 'variant'],
  ]
  const parts = counts.filter(([n]) => n > 0).map(([n, word]) => plural(n, word))
  return `${onOneLine(name)}: ${parts.join(', ')}`
}
