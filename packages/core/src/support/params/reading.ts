import type { Definition } from '../definition.ts'
import type { Place, Problem } from '../problem.ts'
import type { Registry } from '../registry.ts'
import type { Dimension } from '../units.ts'
import type { MapNode } from './node.ts'
import type { Reference, ReferenceTarget } from './reference.ts'

/** A default in force: what the answer rests on without the user having said so. */
export interface Assumption {
  readonly path: string
  /** In the notation of a design. */
  readonly value: string
  readonly meaning: string
  readonly source?: string
}

/** A reference that was read; it is looked up when all names are known. */
export interface ReferenceUse {
  readonly reference: Reference
  readonly to: ReferenceTarget
  readonly accepts?: readonly string[]
  readonly place: Place
}

/** A word that `check --fix` replaces. */
export interface WordRewrite {
  readonly place: Place
  readonly from: string
  readonly to: string
}

/** A mapping that `check --fix` writes in another form; what both have in common is the same nodes. */
export interface FormRewrite {
  readonly place: Place
  readonly before: MapNode
  readonly after: MapNode
}

export type Rewrite = WordRewrite | FormRewrite

/** What is in a file, decompressed; or, in a sentence without its full stop, why that cannot be read. */
export type FileBytes = Uint8Array | { readonly complaint: string }

/** Reads the text of a file in the folder of a design; undefined if there is none. The host gives it. */
export interface FileReader {
  (path: string): string | undefined
  /** The same for files of data, which may be compressed. The same array for the same file. */
  readonly bytes?: (path: string) => FileBytes | undefined
}

/** What a parameter may use and must tell while it reads its value. */
export interface Reading {
  /** Distributions, by name. */
  readonly distributions: Registry
  /** The text of a file inside the folder of the design; undefined when there is none. */
  readonly readFile: FileReader | undefined
  /** The dimension of the distribution that is being read. */
  readonly dimension: Dimension | undefined
  /** What mappings for `word` inherit, the nearest first; `target` is the block that a call is for. */
  inherited(word: string, target: string | undefined): readonly MapNode[]
  /** Values in place of the defaults of the definition that is read next: a preset. */
  readonly preset: PresetValues | undefined
  report(problem: Problem): void
  assume(assumption: Assumption): void
  refer(use: ReferenceUse): void
  rewrite(rewrite: Rewrite): void
}

export interface PresetValues {
  readonly values: Readonly<Record<string, unknown>>
  readonly source: string
}

/** The facts of a problem that are not derived from where it stands. */
export interface Complaint {
  readonly code: string
  readonly message: string
  readonly severity?: 'error' | 'warning'
  readonly expected?: string | (() => string)
  readonly found?: string
  /** A function where it is dear to find: it is called for the problems that somebody reads. */
  readonly hint?: string | undefined | (() => string | undefined)
}

/** Longest sentence of a problem, in characters: a value quoted in it may be as long as the file. */
const longestSentence = 1000

/** Reports a complaint at a place; always undefined, so that a reader can return it. */
export function complain(reading: Pick<Reading, 'report'>, place: Place, complaint: Complaint): undefined {
  const { severity = 'error', code, message, expected, found, hint } = complaint
  const problem = { severity, path: place.path, place, code, message: clipped(message) }
  lay(problem, 'expected', expected)
  lay(problem, 'found', found)
  lay(problem, 'hint', hint)
  reading.report(problem)
}

/** Puts a sentence into a problem; one that is still to be found is found when it is read. */
function lay(problem: object, name: string, text: string | undefined | (() => string | undefined)): void {
  if (text === undefined || text === '') return
  const sentence =
    typeof text === 'string'
      ? { value: clipped(text) }
      : { get: () => clipped(text() || undefined), configurable: true }
  Object.defineProperty(problem, name, { enumerable: true, ...sentence })
}

function clipped<T extends string | undefined>(text: T): T | string {
  return text === undefined || text.length <= longestSentence ? text : `${text.slice(0, longestSentence)}…`
}

/** Collects what a reader tells. */
export interface ReadReports {
  readonly problems: Problem[]
  readonly assumptions: Assumption[]
  readonly references: ReferenceUse[]
  readonly rewrites: Rewrite[]
  readonly reading: Reading
}

export function startReading(distributions: Registry<Definition>, readFile?: FileReader): ReadReports {
  const problems: Problem[] = []
  const assumptions: Assumption[] = []
  const references: ReferenceUse[] = []
  const rewrites: Rewrite[] = []
  const reading: Reading = {
    distributions,
    readFile,
    dimension: undefined,
    preset: undefined,
    inherited: () => [],
    report: (problem) => void problems.push(problem),
    assume: (assumption) => void assumptions.push(assumption),
    refer: (use) => void references.push(use),
    rewrite: (rewrite) => void rewrites.push(rewrite),
  }
  return { problems, assumptions, references, rewrites, reading }
}
