import type { ChosenDistribution } from '../distributions/distribution.ts'
import type { Registry } from '../registry.ts'
import { type Dimension, dimensions, looksLikeQuantity, quantityPatternSource } from '../units.ts'
import { chosenSchema, mainParam, readChosen, shortMapping } from './chosen.ts'
import { readFields } from './fields.ts'
import type { Node, Notation, ScalarNode } from './node.ts'
import type { Described, Param, ParamKind, Presence } from './param.ts'
import { presence } from './param.ts'
import type { Reading } from './reading.ts'
import { described, type JsonSchema, patterned, type SchemaScope } from './schema.ts'

/** A distribution as one writes it in a design built in TypeScript. */
export type DistributionInput = string | number | { readonly [field: string]: Notation }

export interface DistributionOptions {
  readonly dimension: Dimension
  /** Whether a duration may also be given in clock cycles. */
  readonly orCycles?: true
  /** The distributions that may be chosen, where not all of them may. */
  readonly family?: Registry
}

/** The distribution of a mapping that does not name one. */
const usualDistribution = 'log-normal'

/** A random quantity: `5ms`, `exponential 10ms`, `{ p50: 2ms, p99: 9ms }`, `{ distribution: pareto, ... }`. */
export const distribution: ParamKind<DistributionOptions, ChosenDistribution, DistributionInput> = (
  options: DistributionOptions & Described & Presence,
): Param<never, never> => {
  const { dimension, family, orCycles = false } = options
  const { article, example } = dimensions[dimension]
  const forms: readonly Dimension[] = orCycles ? [dimension, 'cycles'] : [dimension]
  const expected = `${article} such as \`${example}\`, or a distribution such as \`exponential ${example}\` or \`{ p50: …, p99: … }\``
  const one = new RegExp(forms.map((form) => `^${quantityPatternSource(form)}`).join('|'))
  return {
    ...presence(options),
    kind: 'distribution',
    expected,
    facts: { words: forms, ...(family === undefined ? {} : { family: () => family }) },
    read(node, reading) {
      const inside = { ...reading, distributions: family ?? reading.distributions }
      if (!orCycles || !namesCycles(node)) {
        return readDistribution(node, dimension, { ...inside, dimension }) as never
      }
      const chosen = readDistribution(node, 'cycles', { ...inside, dimension: 'cycles' })
      return (chosen && { ...chosen, unit: 'cycles' }) as never
    },
    fits(node, reading) {
      if (node.kind === 'list') return 0
      if (node.kind === 'map')
        return [...node.entries.keys()].some((key) => isFieldOf(family ?? reading.distributions, key)) ? 2 : 1
      if ((family ?? reading.distributions).find(node.text.split(/\s/, 1)[0] ?? '') !== undefined) return 2
      return looksLikeQuantity(node.text) ? (one.test(node.text) ? 2 : 1) : 0
    },
    schema: (scope) =>
      described(
        anyOf(
          forms.map((form) =>
            scope.share(`distribution-of-${form}`, () =>
              distributionSchema(form, family ?? scope.distributions, scope),
            ),
          ),
        ),
        options.meaning,
      ),
  }
}

/** Whether a distribution of the family has a field of this name, or is named under it. */
function isFieldOf({ members }: Registry, key: string): boolean {
  return key === 'distribution' || members.some(({ params }) => Object.hasOwn(params, key))
}

/** A quantity in cycles, certain or a range, but no name of a file such as `3cycles.txt`. */
const inCycles = /\d\s*[kMG]?\s*cycles?\b(?!\.\w)/

/** Whether any quantity of a distribution is written in cycles; then all must be. */
function namesCycles(node: Node): boolean {
  if (node.kind === 'scalar') return inCycles.test(node.text)
  if (node.kind === 'list') return node.items.some(namesCycles)
  return [...node.entries.values()].some(({ value }) => namesCycles(value))
}

function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const [first, ...others] = schemas
  return first !== undefined && others.length === 0 ? first : { anyOf: schemas }
}

function readDistribution(node: Node, dimension: Dimension, reading: Reading): ChosenDistribution | undefined {
  if (node.kind === 'scalar' && looksLikeQuantity(node.text)) return readConstant(node, reading)
  const { article, example } = dimensions[dimension]
  const expected = `${article} or a distribution`
  const about = node.kind === 'scalar' && /^~\s*[\d.]/.test(node.text) ? node.text.replace(/^~\s*/, '') : undefined
  const plain = about === undefined ? `write ${article}, for example \`${example}\`` : `write \`${about} ± 20%\``
  return readChosen(
    node,
    { family: reading.distributions, key: 'distribution', olderKey: 'law', expected, usual: usualDistribution, plain },
    reading,
  )
}

function readConstant(node: ScalarNode, reading: Reading): ChosenDistribution | undefined {
  const constant = reading.distributions.get('constant')
  const name = mainParam(constant) ?? 'value'
  const mapping = shortMapping(new Map([[name, node.text]]), node)
  const entry = mapping.entries.get(name)
  // What is wrong with the number is reported where the number stands, not at a field that nobody wrote.
  const entries = entry === undefined ? mapping.entries : new Map([[name, { ...entry, value: node }]])
  const values = readFields({ ...mapping, entries }, constant, reading)
  return values === undefined ? undefined : { name: constant.name, values }
}

function distributionSchema(dimension: Dimension, distributions: Registry, outer: SchemaScope) {
  const scope: SchemaScope = { ...outer, dimension }
  const { anyOf } = chosenSchema(distributions, 'distribution', usualDistribution, scope)
  const isBare = dimension === 'count' || dimension === 'factor'
  const constant = {
    type: isBare ? ['number', 'string'] : 'string',
    ...patterned(`^${quantityPatternSource(dimension)}`, `${dimensions[dimension].article} or a distribution`),
  }
  return { anyOf: [constant, ...(anyOf as readonly unknown[])] }
}
