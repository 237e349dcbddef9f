import type { Misnomers } from '../misnomers.ts'
import { listWords } from '../suggest.ts'
import { fieldsSchema } from './collections.ts'
import { type FieldOwner, readFields } from './fields.ts'
import { type Inheriting, withInherited } from './inherited.ts'
import { childPath, describe, fieldAt, mappingOf, type Node } from './node.ts'
import type { Defaulted, Described, Inputs, Optional, Param, Params, Presence, Required, Values } from './param.ts'
import { presence } from './param.ts'
import { complain, type Reading } from './reading.ts'
import { described, type JsonSchema } from './schema.ts'

interface RecordOptions<F extends Params, M extends keyof F & string> {
  readonly fields: F
  /** The field that a value without a mapping gives: `retry: 3` is `retry: { attempts: 3 }`. */
  readonly main?: M
  /** Where the fields come from that are not written. */
  readonly inherits?: Inheriting
  /** Words that people write for its fields, each with the remedy. */
  readonly misnomers?: Misnomers
}

type InputOf<P> = P extends Param<unknown, infer Input> ? Exclude<Input, undefined> : never
type RecordInput<F extends Params, M extends keyof F> = Inputs<F> | InputOf<F[M]>

/** A mapping with fields of its own. */
export function record<F extends Params, M extends keyof F & string = never>(
  options: RecordOptions<F, M> & Described & Optional,
): Param<Values<F> | undefined, RecordInput<F, M> | undefined>
export function record<F extends Params, M extends keyof F & string = never>(
  options: RecordOptions<F, M> & Described & Defaulted,
): Param<Values<F>, RecordInput<F, M> | undefined>
export function record<F extends Params, M extends keyof F & string = never>(
  options: RecordOptions<F, M> & Described & Required,
): Param<Values<F>, RecordInput<F, M>>
export function record(
  options: RecordOptions<Params, string> & Described & Presence,
): Param<Values<Params> | undefined> {
  const { fields, main, inherits, misnomers = {} } = options
  const mainField = main === undefined ? undefined : fields[main]
  const mapping = `a mapping with the fields ${listWords(Object.keys(fields), 'and')}`
  const expected = mainField === undefined ? mapping : `${mainField.expected} or ${mapping}`
  const owner: FieldOwner = { params: fields, misnomers }
  return {
    ...presence(options),
    kind: 'record',
    expected,
    facts: { fields, ...(main === undefined ? {} : { main }) },
    read(node, reading) {
      const written = main !== undefined && isAlone(node, mainField, fields, reading) ? mappingOf(node, main) : node
      if (written.kind === 'map') {
        const whole = inherits === undefined ? written : withInherited(written, fields, inherits, undefined, reading)
        return readFields(whole, owner, reading)
      }
      return complain(reading, node.place, {
        code: 'wrong-form',
        message: `${fieldAt(node.place)} must be ${mainField === undefined ? 'a mapping' : 'a value or a mapping'}`,
        expected,
        found: describe(node),
        hint: fieldFor(node, fields, reading),
      })
    },
    fits(node, reading) {
      if (node.kind !== 'map') return mainField === undefined ? 0 : mainField.fits(node, reading)
      return [...node.entries.keys()].some((key) => Object.hasOwn(fields, key)) ? 2 : 1
    },
    schema(scope) {
      const long: JsonSchema = fieldsSchema(fields, scope)
      return described(mainField === undefined ? long : { anyOf: [mainField.schema(scope), long] }, options.meaning)
    },
  }
}

/** `workers: 4`: the first field that such a value suits. */
function fieldFor(node: Node, fields: Params, reading: Reading): string | undefined {
  if (node.kind !== 'scalar' || node.empty) return undefined
  const name = Object.keys(fields).find((name) => fields[name]?.fits(node, reading) === 2)
  return name === undefined
    ? undefined
    : `write \`${name}: ${node.text}\` inside it: \`${childPath(node.place.path, name)}\``
}

/** Whether the value of the main field stands alone: a text, or a mapping such as a distribution that names no other field. */
function isAlone(node: Node, main: Param<unknown> | undefined, fields: Params, reading: Reading): boolean {
  if (node.kind === 'scalar') return !node.empty
  if (node.kind === 'list' || main === undefined) return false
  return main.fits(node, reading) === 2 && ![...node.entries.keys()].some((key) => Object.hasOwn(fields, key))
}
