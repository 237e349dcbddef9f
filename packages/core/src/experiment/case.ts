import type { Design, Objective } from '../language/design.ts'
import { parseText, readDesign } from '../language/index.ts'
import { distributions } from '../support/distributions/index.ts'
import { readFields } from '../support/params/fields.ts'
import { describe, type Entry, type ListNode, type MapNode, type Node } from '../support/params/node.ts'
import { complain, type FileReader, type Reading, startReading } from '../support/params/reading.ts'
import { choice, list, record, text, type Values } from '../support/params.ts'
import type { Problem } from '../support/problem.ts'
import { dimensions, parseQuantity } from '../support/units.ts'
import { catalogue } from './catalogue.ts'

/** The fields of a `case.yaml`. */
export const caseParams = {
  id: text({ meaning: 'short name of the case' }),
  title: text({ meaning: 'what is checked' }),
  source: text({ meaning: 'where the expected numbers come from' }),
  provenance: text({ meaning: 'READ, COMPUTED or MEMORY, and how' }),
  assumptions: text({ meaning: 'assumptions of the comparison', optional: true }),
  expect: list({
    meaning: 'what is expected',
    min: 1,
    of: record({
      meaning: 'one number',
      fields: {
        measure: text({ meaning: 'as in an objective: `mean`, `view.p99`, `web.utilization`' }),
        equals: text({ meaning: 'the expected number, with its unit' }),
        tolerance: text({ meaning: 'how far off it may be: `1.5%` of the number, or `+-0.2ms` in its own unit' }),
        in: text({ meaning: 'the variant of the design that it holds for', optional: true }),
        check: choice({
          meaning: '`always`, or `slow` for a case of minutes that runs at the slow level',
          words: ['always', 'slow'],
          default: 'always',
        }),
      },
    }),
  }),
}

type Written = Values<typeof caseParams>['expect'][number]

/** One number that a simulation must meet. */
export interface Expectation {
  /** As it was written. */
  readonly measure: string
  readonly variant: string | undefined
  /** What to measure; its bound is the number expected, in the base unit of its dimension. */
  readonly objective: Objective
  /** Greatest distance from the number, in its own unit. */
  readonly tolerance: number
  /** The tolerance as it was written. */
  readonly within: string
  readonly slow: boolean
}

/** A published or computed result, and the design that must reproduce it. */
export interface ValidationCase {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly provenance: string
  readonly assumptions: string | undefined
  readonly expectations: readonly Expectation[]
  /** One design a variant that is used; the design itself is under the empty name. */
  readonly designs: ReadonlyMap<string, Design>
}

/** The two texts of a case, and their names for messages. */
export interface CaseFiles {
  readonly caseText: string
  readonly caseFile?: string
  readonly designText: string
  readonly designFile?: string
  /** Text of a file beside the design. */
  readonly readFile?: FileReader
}

export interface CaseResult {
  /** Undefined if anything is wrong. */
  readonly case?: ValidationCase
  readonly problems: readonly Problem[]
}

/** Reads a case and its design; all mistakes of both are in `problems`. */
export function readCase(files: CaseFiles): CaseResult {
  const parsed = parseText(files.caseText, files.caseFile)
  const { problems, reading } = startReading(distributions)
  problems.push(...parsed.problems)
  const { root } = parsed
  if (root === undefined) return { problems }
  if (root.kind !== 'map') {
    complain(reading, root.place, { code: 'wrong-form', message: 'the case is not a mapping', expected: 'a mapping' })
    return { problems }
  }
  const written = readFields(root, { params: caseParams }, reading) as Values<typeof caseParams> | undefined
  if (written === undefined) return { problems }
  const read = readExpectations(written.expect, root, files, reading)
  if (problems.some(({ severity }) => severity === 'error')) return { problems: withoutRepeats(problems) }
  const { id, title, source, provenance, assumptions } = written
  return { case: { id, title, source, provenance, assumptions, ...read }, problems: withoutRepeats(problems) }
}

function readExpectations(written: readonly Written[], root: MapNode, files: CaseFiles, reading: Reading) {
  const { value } = root.entries.get('expect') as Entry
  const items = (value as ListNode).items as readonly MapNode[]
  const designs = new Map<string, Design>()
  const expectations: Expectation[] = []
  for (const variant of new Set(written.map((item) => item.in ?? ''))) {
    const own = written.flatMap((item, i) => ((item.in ?? '') === variant ? [{ item, node: items[i] as MapNode }] : []))
    const { design, problems } = readDesign(files.designText, catalogue, {
      ...(files.designFile === undefined ? {} : { file: files.designFile }),
      ...(files.readFile === undefined ? {} : { readFile: files.readFile }),
      ...(variant === '' ? {} : { variant }),
      set: [`objectives=${JSON.stringify(own.map(({ item }) => objectiveText(item)))}`],
    })
    // A case runs as many replications as its tolerances need, whatever the design repeats.
    for (const problem of problems.filter(({ code }) => code !== 'too-few-replications'))
      reading.report(
        inCase(
          problem,
          variant,
          own.map(({ node }) => node),
        ),
      )
    if (design === undefined) continue
    designs.set(variant, design)
    design.objectives.forEach((objective, i) => {
      const { item, node } = own[i] as (typeof own)[number]
      const tolerance = readTolerance(item, objective, node, reading)
      if (tolerance === undefined) return
      expectations.push({
        measure: item.measure,
        variant: item.in,
        objective,
        tolerance,
        within: item.tolerance,
        slow: item.check === 'slow',
      })
    })
  }
  return { designs, expectations }
}

/** An expectation is read as an objective: both name measures in the same words. */
function objectiveText({ measure, equals }: Written): string {
  const window = /\s+from\s.*$/.exec(measure)
  return `${window === null ? measure : measure.slice(0, window.index)} <= ${equals}${window?.[0] ?? ''}`
}

/** Mistakes in the objectives that were made of expectations stand where the expectations do. */
function inCase(problem: Problem, variant: string, nodes: readonly MapNode[]): Problem {
  const index = /^objectives\.(\d+)/.exec(problem.path)?.[1]
  const node = index === undefined ? undefined : nodes[Number(index) - 1]
  if (node !== undefined) {
    const aboutNumber = ['malformed-quantity', 'missing-unit', 'unknown-unit', 'wrong-dimension', 'out-of-range']
    const place = placeOf(node, aboutNumber.includes(problem.code) ? 'equals' : 'measure')
    return { ...problem, place, path: place.path }
  }
  if (problem.path !== 'variants' || variant === '' || nodes[0] === undefined) return problem
  const place = placeOf(nodes[0], 'in')
  return { ...problem, place, path: place.path }
}

function placeOf(node: MapNode, field: string) {
  return node.entries.get(field)?.value.place ?? node.place
}

function readTolerance(item: Written, objective: Objective, node: MapNode, reading: Reading): number | undefined {
  const { dimension, bound } = objective
  const [, sign, digits = ''] = /^(±|\+-)?\s*(.*)$/.exec(item.tolerance.trim()) ?? []
  const isAbsolute = sign !== undefined
  const bare = dimension === 'share' && /^[\d.]+$/.test(digits) ? Number(digits) : undefined
  const quantity =
    isAbsolute && bare !== undefined ? { value: bare } : parseQuantity(digits, isAbsolute ? dimension : 'share')
  const width = 'value' in quantity ? (isAbsolute ? quantity.value : quantity.value * Math.abs(bound)) : Number.NaN
  if (width > 0) return width
  const value = node.entries.get('tolerance')?.value as Node
  return complain(reading, value.place, {
    code: 'value' in quantity ? 'out-of-range' : quantity.code,
    message: 'malformed tolerance',
    expected: `a part of the number such as \`1.5%\`, or \`+-${dimensions[dimension].example}\``,
    found: describe(value),
  })
}

function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]
}
