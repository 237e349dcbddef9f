import { catalogue, type Finding, readDesign, review, reviewRules, type Told, version } from '@loadpath/core'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { readDesignText } from '../design-file.ts'
import { exitCodes } from '../exit-codes.ts'
import { toJson } from '../json.ts'
import { Mistakes } from '../mistakes.ts'
import { plural, safe } from '../print/page.ts'
import { printProblems, readAloud, refuseSecondStandardInput } from '../reading.ts'
import { sarifLog } from '../sarif.ts'
import { coloursFor } from '../terminal.ts'
import { workflowCommand } from '../workflow-command.ts'

export interface ReviewFlags {
  readonly set?: readonly string[]
  readonly json: boolean
  readonly format?: 'text' | 'json' | 'sarif'
}

interface Reviewed {
  readonly file: string
  readonly text: string
  readonly findings: readonly Finding[]
}

export async function runReview(this: LoadpathContext, flags: ReviewFlags, ...files: string[]): Promise<void> {
  const { process } = this
  const format = flags.json ? 'json' : (flags.format ?? 'text')
  const settings = (flags.set ?? []).flatMap((setting) => ['--set', setting])
  const replay = () => commandLine(['loadpath', 'review', ...files, ...settings])
  await conclude(this, { json: format !== 'text', replay }, async () => {
    refuseSecondStandardInput(files)
    const reviewed = files.map((file) => reviewFile(file, flags.set ?? []))
    if (format === 'json') process.stdout.write(toJson({ schemaVersion: 1, designs: reviewed.map(withoutText) }))
    else if (format === 'sarif') process.stdout.write(toJson(sarifLog(reviewed, reviewRules, version)))
    else process.stdout.write(reviewed.map((one) => printReview(one, coloursFor(process.stdout))).join('\n'))
    if (process.env.GITHUB_ACTIONS === 'true') {
      const lines = reviewed.flatMap(annotations)
      for (const line of lines) (format === 'text' ? process.stdout : process.stderr).write(`${line}\n`)
    }
    return reviewed.some(({ findings }) => findings.some(isOpenWarning)) ? exitCodes.missed : exitCodes.ok
  })
}

/** Reviews a design as it is and in each of its variants; throws `Mistakes` where it is wrong. */
function reviewFile(argument: string, set: readonly string[]): Reviewed {
  const { file, text, readFile } = readDesignText(argument)
  const read = (variant?: string) => {
    const chosen = variant === undefined ? {} : { variant }
    const { design, places, problems } = readDesign(text, catalogue, { file, readFile, set, ...chosen })
    if (design === undefined || places === undefined) throw new Mistakes(problems, text)
    return { design, places }
  }
  return readAloud({ file, text }, () => {
    const first = read()
    return { file, text, findings: review([first, ...first.design.variants.map(read)]) }
  })
}

function withoutText({ file, findings }: Reviewed) {
  return { file, findings }
}

function isOpenWarning({ severity, accepted }: Finding): boolean {
  return severity === 'warning' && accepted === undefined
}

function printReview({ file, text, findings }: Reviewed, colours: ReturnType<typeof coloursFor>): string {
  const listed = printProblems(withoutRepeatedReasons(findings.map(told)), text, colours)
  return `${listed}${listed === '' ? '' : '\n'}${safe(file)}: ${tally(findings)}\n`
}

function told({ rule, severity, place, what, why, remedy, variants, accepted }: Finding): Told {
  const facts = { code: rule, message: `${what}${inVariants(variants)}`, place }
  if (accepted !== undefined) return { ...facts, severity: 'accepted', why: `accepted because ${accepted}` }
  return { ...facts, severity, why, hint: remedy }
}

/** What a rule is for is said where it speaks first. */
function withoutRepeatedReasons(all: readonly Told[]): readonly Told[] {
  const said = new Set<string>()
  return all.map((one) => {
    const { why, ...rest } = one
    if (why === undefined) return one
    const isRepeated = said.has(why)
    said.add(why)
    return isRepeated ? rest : one
  })
}

function inVariants(variants: readonly string[] = []): string {
  if (variants.length === 0) return ''
  return ` (in the variant${variants.length > 1 ? 's' : ''} ${variants.map((name) => `\`${name}\``).join(', ')})`
}

function tally(findings: readonly Finding[]): string {
  const accepted = findings.filter((finding) => finding.accepted !== undefined).length
  const warnings = findings.filter(isOpenWarning).length
  const notes = findings.length - warnings - accepted
  const parts = [
    ...(warnings > 0 ? [plural(warnings, 'warning')] : ['no warnings']),
    ...(notes > 0 ? [plural(notes, 'note')] : []),
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
  ]
  return parts.join(', ')
}

function annotations({ file, findings }: Reviewed): readonly string[] {
  return findings
    .filter(({ accepted }) => accepted === undefined)
    .map(({ severity, rule, place, what, remedy, variants }) => {
      const level = severity === 'warning' ? 'warning' : 'notice'
      const where = { file, line: place.line, col: place.column, title: rule }
      return workflowCommand(level, where, `${what}${inVariants(variants)}. Remedy: ${remedy}`)
    })
}
