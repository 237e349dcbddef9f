import { fieldsSchema } from '../support/params/collections.ts'
import { readFields } from '../support/params/fields.ts'
import { optionalFields } from '../support/params/inherited.ts'
import { namePattern } from '../support/params/names.ts'
import { describe, fieldAt } from '../support/params/node.ts'
import type { Param, Params } from '../support/params/param.ts'
import { complain } from '../support/params/reading.ts'
import { record } from '../support/params/record.ts'
import { described, patterned } from '../support/params/schema.ts'

/** The blocks of which `calls` says how they are called. */
export type CalledBlocks = readonly string[]

/**
 * `calls`: how a block calls others, by their names. Every call inherits it, so that its own value is the names alone.
 * @param params of all that may be said of a call
 */
export function callsParam(params: Params, meaning: string): Param<CalledBlocks | undefined> {
  const fields = optionalFields(params)
  const expected = 'a mapping: each key is a block that is called, each value a mapping such as `{ timeout: 1s }`'
  return {
    kind: 'calls',
    meaning,
    expected,
    optional: true,
    facts: { target: 'block', of: [record({ meaning: 'how one block is called', fields, optional: true })] },
    read(node, reading) {
      if (node.kind !== 'map') {
        return complain(reading, node.place, {
          code: 'wrong-form',
          message: `${fieldAt(node.place)} must be a mapping from blocks`,
          expected,
          found: describe(node),
        })
      }
      const names = [...node.entries].map(([name, { value }]) => {
        if (value.kind === 'map') {
          return readFields(value, { params: fields }, { ...reading, assume: () => undefined }) && name
        }
        const message = `${fieldAt(value.place)} must be a mapping`
        return complain(reading, value.place, { code: 'wrong-form', message, expected, found: describe(value) })
      })
      return names.every((name) => name !== undefined) ? names : undefined
    },
    fits: (node) => (node.kind === 'map' ? 1 : 0),
    schema: (scope) =>
      described(
        {
          type: 'object',
          propertyNames: patterned(namePattern, 'lower-case letters, digits and hyphens'),
          additionalProperties: fieldsSchema(fields, scope),
        },
        meaning,
      ),
  }
}
