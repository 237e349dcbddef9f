import type { Registry } from '../registry.ts'
import type { Dimension } from '../units.ts'

/** A fragment of JSON Schema, draft-07. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** Names the fragments that several parameters share, and ends recursion. */
export interface SchemaScope {
  readonly distributions: Registry
  readonly dimension: Dimension | undefined
  /** A reference to a shared fragment, which is built at its first use. */
  share(name: string, build: () => JsonSchema): JsonSchema
}

export interface SharedSchemas extends SchemaScope {
  readonly definitions: Readonly<Record<string, JsonSchema>>
}

export function startSchema(distributions: Registry): SharedSchemas {
  const definitions: Record<string, JsonSchema> = {}
  return {
    distributions,
    dimension: undefined,
    definitions,
    share(name, build) {
      const key = name.replace(/[^a-z0-9-]+/gi, '-')
      if (!Object.hasOwn(definitions, key)) {
        definitions[key] = {}
        definitions[key] = build()
      }
      return { $ref: `#/definitions/${key}` }
    },
  }
}

/** Draft-07 readers ignore what stands beside `$ref`, so it is wrapped. */
export function described(schema: JsonSchema, meaning: string): JsonSchema {
  const texts = descriptionOf(meaning)
  return '$ref' in schema ? { ...texts, allOf: [schema] } : { ...schema, ...texts }
}

/** A description, and the same as Markdown where an editor would else show the backticks. */
export function descriptionOf(meaning: string): JsonSchema {
  return meaning.includes('`') ? { description: meaning, markdownDescription: meaning } : { description: meaning }
}

/** A pattern, and what an editor says of a text that does not match it: VS Code else prints the pattern. */
export function patterned(pattern: string, expected: string): JsonSchema {
  return { pattern, patternErrorMessage: `write ${expected}` }
}
