import { oncePer } from '../support/once-per.ts'
import { itemFieldsIn, mainFieldsIn, otherNamesIn } from '../support/params/families.ts'
import type { Node } from '../support/params/node.ts'
import type { FileReader, Rewrite } from '../support/params/reading.ts'
import { complain } from '../support/params/reading.ts'
import type { Place, Problem } from '../support/problem.ts'
import { didYouMean, listWords } from '../support/suggest.ts'
import { fromObject } from './1-parse/from-object.ts'
import { parseText } from './1-parse/parse.ts'
import { checkTree, mostVariants } from './2-check/check.ts'
import type { Places } from './2-check/places.ts'
import { applySetting, parseSetting, type Setting, type SettingContext, settingsOf } from './3-build/settings.ts'
import type { Catalogue } from './catalogue.ts'
import type { Design } from './design.ts'

export interface ReadOptions {
  /** The name of the file, for messages. */
  readonly file?: string
  /** The variant to apply. */
  readonly variant?: string
  /** Settings such as `web.instances=4`, applied after the variant. */
  readonly set?: readonly string[]
  /** The text of a file by its path relative to the design; undefined if there is none. */
  readonly readFile?: FileReader
}

export interface ReadResult {
  /** Undefined if anything is wrong. */
  readonly design?: Design
  /** Where its parts stand; undefined as the design is. */
  readonly places?: Places
  readonly problems: readonly Problem[]
  /** What `check --fix` would replace. */
  readonly rewrites: readonly Rewrite[]
}

/** Reads and checks the text of a design. All mistakes are in `problems`; nothing is thrown because of the text. */
export function readDesign(text: string, catalogue: Catalogue, options: ReadOptions = {}): ReadResult {
  const { root, problems } = parseText(text, options.file)
  return root === undefined ? { problems, rewrites: [] } : readTree(root, problems, catalogue, options)
}

/** Checks a design that was built in TypeScript. */
export function readObject(value: unknown, catalogue: Catalogue, options: ReadOptions = {}): ReadResult {
  return readTree(fromObject(value, options.file), [], catalogue, options)
}

function readTree(
  root: Node,
  parseProblems: readonly Problem[],
  catalogue: Catalogue,
  options: ReadOptions,
): ReadResult {
  const problems = [...parseProblems]
  const rewrites: Rewrite[] = []
  const reporter = contextOf(catalogue, problems, rewrites)
  const { file: _file, set: _set, ...checking } = options
  const variants = variantsOf(root)
  const named = options.variant === undefined ? [] : settingsNamed(options.variant, variants, reporter)
  const settings = [...named, ...(options.set ?? []).flatMap((text) => parseSetting(text, reporter) ?? [])]
  const tree = settings.reduce((before, setting) => applySetting(before, setting, reporter), root)
  const checked = checkTree(tree, catalogue, checking)
  const others = [...variants].filter(([name]) => name !== options.variant).slice(0, mostVariants)
  const isSound = checked.design !== undefined
  const inVariants = others.map(([name, node]) => checkVariant(root, name, node, isSound, catalogue, options))
  const own = checked.problems.filter(
    (problem) => isOf(settings, problem) || inVariants.every((variant) => variant.agrees(problem)),
  )
  const all = [...problems, ...own, ...inVariants.flatMap((variant) => variant.problems)]
  const result = {
    problems: sortProblems(withoutRepeats(all)),
    rewrites: [...rewrites, ...checked.rewrites, ...inVariants.flatMap((variant) => variant.rewrites)],
  }
  const isRefused = all.some(({ severity }) => severity === 'error')
  return checked.design === undefined || isRefused
    ? result
    : { ...result, design: checked.design, places: checked.places }
}

const fieldNamesOf = oncePer(({ blocks, traffic, faults, run }: Catalogue) => {
  const owners = [traffic, ...blocks.members, ...faults.members, run]
  return { ...otherNamesIn(owners), mainFields: mainFieldsIn(owners), items: itemFieldsIn(owners, faults) }
})

function contextOf(catalogue: Catalogue, problems: Problem[], rewrites: Rewrite[]): SettingContext {
  return {
    report: (problem) => void problems.push(problem),
    rewrite: (rewrite) => void rewrites.push(rewrite),
    ...fieldNamesOf(catalogue),
  }
}

function variantsOf(root: Node): ReadonlyMap<string, Node> {
  const node = root.kind === 'map' ? root.entries.get('variants')?.value : undefined
  return node?.kind === 'map' ? new Map([...node.entries].map(([name, { value }]) => [name, value])) : new Map()
}

function settingsNamed(
  name: string,
  variants: ReadonlyMap<string, Node>,
  reporter: { report(problem: Problem): void },
): readonly Setting[] {
  const variant = variants.get(name)
  if (variant !== undefined) return settingsOf(variant, reporter)
  const names = [...variants.keys()]
  const expected = names.length === 0 ? 'a variant, but the design has none' : listWords(names)
  const message = `unknown variant \`${name}\``
  const place: Place = { path: '', file: '--variant' }
  complain(reporter, place, {
    code: 'unknown-name',
    message,
    expected,
    found: `\`${name}\``,
    hint: didYouMean(name, names),
  })
  return []
}

/** Whether a problem is about what one of these settings writes. */
function isOf(settings: readonly Setting[], { path }: Problem): boolean {
  return settings.some((setting) => {
    const written = setting.path.replace(/^(?:traffic|blocks)\./, '')
    return path === written || path.startsWith(`${written}.`)
  })
}

/** A field or a block that does nothing here may be what a variant needs: it is told only where it does nothing in any. */
const needless: ReadonlySet<string> = new Set(['field-without-effect', 'unused-block'])

const rewritten: ReadonlySet<string> = new Set(['older-word', 'renamed-field', 'former-form'])

interface InVariant extends Pick<ReadResult, 'problems' | 'rewrites'> {
  /** Whether a warning about the design as it stands holds here too. */
  agrees(problem: Problem): boolean
}

/**
 * What a variant that is not selected would bring up: it must apply, and what it sets must be sound. A warning about the rest
 * of the design is for the design as it stands.
 */
function checkVariant(
  root: Node,
  name: string,
  variant: Node,
  isSound: boolean,
  catalogue: Catalogue,
  { readFile }: ReadOptions,
): InVariant {
  const problems: Problem[] = []
  const rewrites: Rewrite[] = []
  const reporter = contextOf(catalogue, problems, rewrites)
  const settings = settingsOf(variant, reporter)
  const tree = settings.reduce((before, setting) => applySetting(before, setting, reporter), root)
  if (!isSound) return { problems, rewrites, agrees: () => true }
  const checked = checkTree(tree, catalogue, { variant: name, ...(readFile === undefined ? {} : { readFile }) })
  const found = checked.problems
    .filter((problem) => problem.severity === 'error' || rewritten.has(problem.code) || isOf(settings, problem))
    .map((problem) => ({ ...problem, message: `${problem.message} (in the variant \`${name}\`)` }))
  return {
    problems: [...problems, ...found],
    rewrites: [...rewrites, ...checked.rewrites],
    agrees: ({ code, path }) =>
      !needless.has(code) || checked.problems.some((one) => one.code === code && one.path === path),
  }
}

/** The same mistake, seen from the design and from each of its variants, is one. */
function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ code, place, message }) => {
    const key = JSON.stringify([code, place, message.replace(/ \(in the variant `[^`]*`\)$/, '')])
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const order = ({ place }: Problem) => (place.line ?? 0) * 100_000 + (place.column ?? 0)
  return problems.toSorted((a, b) => order(a) - order(b))
}
