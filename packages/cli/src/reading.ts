import { catalogue, type Design, type Problem, printProblem, readDesign, type Told } from '@loadpath/core'
import { type DesignText, readDesignText } from './design-file.ts'
import { firstProblems } from './first-problems.ts'
import { Mistakes, mistake } from './mistakes.ts'
import { count } from './print/number.ts'
import { type Colours, safe } from './print/page.ts'
import { whileSaying } from './while-saying.ts'

export interface ReadFlags {
  readonly variant?: string | undefined
  readonly set?: readonly string[] | undefined
}

export interface FoundDesign {
  readonly design: Design
  readonly file: string
  readonly warnings: readonly Problem[]
  readonly source: string
  /** Every file that was read for it, `-` for standard input. */
  readonly inputs: readonly string[]
  /** The same design with another variant. */
  readonly withVariant: (variant: string | undefined) => Design
  /** The same design and variant with these objectives alone; throws `Mistakes` if one is wrong. */
  readonly withObjectives: (texts: readonly string[]) => Design
}

/** Finds, reads and checks a design; throws `Mistakes` where it is wrong. */
export function openDesign(argument: string, { variant, set }: ReadFlags = {}): FoundDesign {
  const found = readDesignText(argument)
  const read = (name: string | undefined, more: readonly string[] = []) => {
    const all = [...(set ?? []), ...more]
    const result = readAloud(found, () =>
      readDesign(found.text, catalogue, {
        file: found.file,
        readFile: found.readFile,
        ...(name === undefined ? {} : { variant: name }),
        ...(all.length === 0 ? {} : { set: all }),
      }),
    )
    if (result.design === undefined) throw new Mistakes(result.problems, found.text)
    return { design: result.design, warnings: result.problems }
  }
  const { design, warnings } = read(variant)
  return {
    ...{ design, warnings, inputs: found.inputs() },
    ...{ file: found.file, source: found.text, withVariant: (name) => read(name).design },
    withObjectives: (texts) => read(variant, [`objectives=${JSON.stringify(texts)}`]).design,
  }
}

/** Up to so many characters, a design is read too fast for a progress line. */
const shortText = 8192

/** Reads a design, with a progress line if it may take long. */
export function readAloud<T>({ file, text }: Pick<DesignText, 'file' | 'text'>, read: () => T): T {
  return text.length < shortText ? read() : whileSaying(`checking ${safe(file)}`, read)
}

/** Problems as people read them, one below the other: the first of them, and how many more there are. */
export function printProblems(problems: readonly Told[], source: string | undefined, colours: Colours): string {
  const paint = {
    error: colours.bad,
    warning: colours.doubtful,
    note: colours.quiet,
    accepted: colours.good,
    place: colours.strong,
    code: colours.strong,
    caret: colours.bad,
    label: colours.quiet,
  }
  const listed = firstProblems(problems)
  const texts = listed.map((problem) =>
    printProblem(problem, sourceOf(problem, source), (style, text) => paint[style](text)),
  )
  if (listed.length < problems.length) texts.push(`and ${count(problems.length - listed.length)} more`)
  return texts.map((text) => `${text}\n`).join('\n')
}

/** Only what stands in the file itself can be shown with its line. */
function sourceOf({ place }: Told, source: string | undefined): string | undefined {
  return place.line === undefined ? undefined : source
}

/** How many of each. */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const parts = [
    ...(errors > 0 ? [`${count(errors)} error${errors === 1 ? '' : 's'}`] : []),
    ...(warnings > 0 ? [`${count(warnings)} warning${warnings === 1 ? '' : 's'}`] : []),
  ]
  return parts.join(' and ')
}

/** Standard input can be read once. */
export function refuseSecondStandardInput(files: readonly string[]): void {
  if (files.filter((file) => file === '-').length < 2) return
  throw mistake('stdin-twice', 'standard input is named twice', 'save the other designs as files')
}
