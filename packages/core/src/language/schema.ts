import type { Definition } from '../support/definition.ts'
import { distributions } from '../support/distributions/index.ts'
import { fieldsSchema } from '../support/params/collections.ts'
import { optionalFields } from '../support/params/inherited.ts'
import { namePattern } from '../support/params/names.ts'
import {
  described,
  descriptionOf,
  type JsonSchema,
  patterned,
  type SchemaScope,
  startSchema,
} from '../support/params/schema.ts'
import { keyedSchema } from '../support/params/steps.ts'
import type { Registry } from '../support/registry.ts'
import type { BlockDefinition, Catalogue } from './catalogue.ts'

/** The JSON Schema (draft-07) of a design, for editors. What it refuses is wrong; what it accepts may still be. */
export function designSchema(catalogue: Catalogue): JsonSchema {
  const scope = startSchema(distributions)
  const properties = sectionSchemas(catalogue, scope)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A Loadpath design',
    type: 'object',
    properties,
    required: ['loadpath', 'name', 'traffic', 'blocks'],
    additionalProperties: false,
    definitions: scope.definitions,
  }
}

function sectionSchemas(catalogue: Catalogue, scope: SchemaScope): Readonly<Record<string, JsonSchema>> {
  const names = patterned(namePattern, 'lower-case letters, digits and hyphens, beginning with a letter')
  const objective = {
    type: 'string',
    ...patterned('[<>]', 'a measure, a comparison and a bound: `view.p99 < 200ms`'),
    examples: ['view.p99 < 200ms', 'half.availability >= 99.9%'],
  }
  const acceptance = catalogue.rules && scope.share('acceptance', () => keyedSchema(catalogue.rules as Registry, scope))
  return {
    $schema: { type: 'string' },
    loadpath: { enum: [1, '1'], description: 'The version of the language.' },
    name: { type: ['string', 'number'], description: 'What the design is called.' },
    about: { type: ['string', 'number'], description: 'What it is for, in a sentence.' },
    ...(catalogue.places === undefined ? {} : { places: placesSchema(catalogue.places, scope) }),
    traffic: {
      type: 'object',
      minProperties: 1,
      propertyNames: names,
      additionalProperties: described(fieldsSchema(catalogue.traffic.params, scope), catalogue.traffic.summary),
      description: 'Where requests come from, by name.',
    },
    defaults: defaultsSchema(catalogue, scope),
    blocks: {
      type: 'object',
      minProperties: 1,
      propertyNames: names,
      additionalProperties: scope.share('block', () => blockSchema(catalogue, scope)),
      description: 'The parts of the system, by name.',
    },
    faults: {
      type: 'array',
      items: scope.share('fault', () => keyedSchema(catalogue.faults, scope)),
      description: 'What goes wrong, and when.',
    },
    run: described(fieldsSchema(catalogue.run.params, scope), catalogue.run.summary),
    objectives: { type: 'array', items: objective, description: 'Objectives of the system.' },
    variants: {
      type: 'object',
      propertyNames: names,
      additionalProperties: { type: 'object' },
      description: 'Named sets of `path: value` that change the design.',
    },
    accept: {
      type: 'array',
      items: acceptance ?? false,
      description: 'Findings of `loadpath review` that are accepted, with the reason.',
    },
  }
}

function placesSchema({ params, summary }: Definition, scope: SchemaScope): JsonSchema {
  const place = described(fieldsSchema(params, scope), summary)
  return {
    type: 'object',
    additionalProperties: { anyOf: [place, { type: 'null' }] },
    description: 'Regions with zones, by name, and the lines between them.',
  }
}

function defaultsSchema({ blocks, inherited = {} }: Catalogue, scope: SchemaScope): JsonSchema {
  const ofCalls = Object.entries(inherited).map(([name, params]) => [name, fieldsSchema(optionalFields(params), scope)])
  const ofBlocks = blocks.members.map(({ name, params }) => {
    return [name, fieldsSchema(optionalFields(params), scope, { like: {} })]
  })
  return {
    type: 'object',
    properties: Object.fromEntries([...ofCalls, ...ofBlocks]),
    additionalProperties: false,
    description: 'What is said once for all calls, all requests and all blocks of a type.',
  }
}

/** One branch a type, chosen by `type`, so that an editor speaks only of the fields that this type has. */
function blockSchema({ blocks }: Catalogue, scope: SchemaScope): JsonSchema {
  const words = blocks.members.flatMap(({ name, aliases = [] }) => [name, ...aliases])
  return {
    type: 'object',
    properties: { type: { enum: words, description: 'What kind of block this is.' } },
    required: ['type'],
    allOf: blocks.members.map((block) => ({
      if: { properties: { type: { enum: [block.name, ...(block.aliases ?? [])] } }, required: ['type'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: typeSchema(block, scope),
    })),
  }
}

function typeSchema(block: BlockDefinition, scope: SchemaScope): JsonSchema {
  const presets = block.presets ?? []
  const like = {
    enum: presets.map(({ name }) => name),
    description: 'Parameters of a known product, with their source.',
  }
  const extra: Record<string, JsonSchema> = { type: {}, ...(presets.length === 0 ? {} : { like }) }
  const schema = fieldsSchema(block.params, scope, extra)
  const given = new Set(presets.flatMap(({ values }) => Object.keys(values)))
  const required = ((schema.required ?? []) as readonly string[]).filter((name) => !given.has(name))
  return { ...schema, ...descriptionOf(block.summary), required }
}
