import type { Design } from '../language/design.ts'
import { parseText, readDesign } from '../language/index.ts'
import { distributions } from '../support/distributions/index.ts'
import { readFields } from '../support/params/fields.ts'
import type { MapNode } from '../support/params/node.ts'
import { complain, type FileReader, startReading } from '../support/params/reading.ts'
import { choice, list, text, type Values } from '../support/params.ts'
import type { Problem } from '../support/problem.ts'
import { catalogue } from './catalogue.ts'
import { placeOf } from './test-design.ts'

/** What an experiment can find of a claim. */
export const claimVerdicts = ['holds', 'holds when', 'misleading', 'definition'] as const

const names = (meaning: string) => list({ meaning, of: text({ meaning: 'a name' }), single: true, max: 50 })

/** The head of a claim's README, between two lines of `---`. */
const params = {
  id: text({ meaning: 'id of the claim: the name of its folder, in capitals' }),
  claim: text({ meaning: 'the claim, in one sentence' }),
  verdict: choice({ meaning: 'verdict of the experiment', words: claimVerdicts }),
  group: text({ meaning: 'topic of the claim' }),
  concepts: names('ids of its concepts in `concepts.yaml`'),
  parts: names('blocks, policies and faults of the experiment'),
  sources: list({ meaning: 'sources of the claim and its numbers', of: text({ meaning: 'one source' }), max: 20 }),
  altered: text({
    meaning: 'negative control: a false version of the claim, as an objective that must be missed',
    optional: true,
  }),
  check: choice({
    meaning: 'tests that run the experiment: `always`, or `slow` for the slow tests only',
    words: ['always', 'slow'],
    default: 'slow',
  }),
}

export type ClaimHead = Values<typeof params>

/** Something that people say, and the experiment that tests it. */
export interface Claim extends ClaimHead {
  /** The design of the experiment, with the negative control as its last objective. */
  read(variant: string | undefined): Design
}

/** The two texts of a claim, and their names for messages. */
export interface ClaimFiles {
  readonly readmeText: string
  readonly readmeFile: string
  readonly designText: string
  readonly designFile: string
  /** Text of a file beside the design. */
  readonly readFile?: FileReader
}

export interface ClaimResult {
  /** Undefined if anything is wrong. */
  readonly claim?: Claim
  readonly problems: readonly Problem[]
}

/** Reads a claim and its design; all mistakes of both are in `problems`. */
export function readClaim(files: ClaimFiles): ClaimResult {
  const { problems, reading } = startReading(distributions)
  const head = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(files.readmeText)?.[1]
  const place = { path: '', file: files.readmeFile, line: 1, column: 1 }
  if (head === undefined) {
    const expected = 'YAML between two lines of `---`, then the text'
    complain(reading, place, { code: 'wrong-form', message: 'the README has no head', expected })
    return { problems }
  }
  // The line that opens the head is left empty, so that lines keep their numbers.
  const parsed = parseText(`\n${head}\n`, files.readmeFile)
  problems.push(...parsed.problems)
  if (parsed.root?.kind !== 'map') return { problems }
  const written = readFields(parsed.root, { params }, reading) as ClaimHead | undefined
  if (written === undefined) return { problems }
  const read = (variant?: string, set?: string) =>
    readDesign(files.designText, catalogue, {
      file: files.designFile,
      ...(files.readFile === undefined ? {} : { readFile: files.readFile }),
      ...(variant === undefined ? {} : { variant }),
      ...(set === undefined ? {} : { set: [set] }),
    })
  const { design, problems: inDesign } = read()
  problems.push(...inDesign)
  if (design === undefined) return { problems }
  checkSides(written, design, parsed.root, reading)
  const objectives = [...objectivesOf(design), ...(written.altered === undefined ? [] : [written.altered])]
  const judged = `objectives=${JSON.stringify(objectives)}`
  for (const problem of read(undefined, judged).problems) {
    if (!problems.some(({ message }) => message === problem.message)) problems.push(aboutControl(problem, parsed.root))
  }
  if (problems.some(({ severity }) => severity === 'error')) return { problems }
  return { problems, claim: { ...written, read: (variant) => read(variant, judged).design as Design } }
}

/** The sentences promised, in the order in which they stand. */
function objectivesOf({ objectives, relations }: Design): readonly string[] {
  return [...objectives, ...relations].sort((a, b) => placeOf(a) - placeOf(b)).map((objective) => objective.text)
}

/** A verdict rests on objectives; one under a condition on both of its sides. */
function checkSides(
  { verdict }: ClaimHead,
  { objectives, relations }: Design,
  root: MapNode,
  reading: Parameters<typeof complain>[0],
): void {
  const needed = verdict === 'holds when' ? 2 : 1
  if (objectives.length + relations.length >= needed) return
  const place = root.entries.get('verdict')?.value.place ?? root.place
  complain(reading, place, {
    code: 'missing-field',
    message: `the verdict \`${verdict}\` has too few objectives`,
    expected:
      needed === 1 ? 'at least one objective' : 'one objective where the claim holds, and one where it does not',
  })
}

/** Places a mistake in the negative control at the field `altered`. */
function aboutControl(problem: Problem, root: MapNode): Problem {
  const place = root.entries.get('altered')?.value.place ?? root.place
  return { ...problem, place, path: place.path }
}
