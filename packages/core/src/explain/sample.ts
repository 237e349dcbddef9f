import { blocks } from '../blocks/index.ts'
import { catalogue } from '../experiment/catalogue.ts'
import { readObject } from '../language/index.ts'
import type { Definition } from '../support/definition.ts'
import { invariant } from '../support/invariant.ts'
import { mainParam } from '../support/params/chosen.ts'
import { requiredFields } from '../support/params/fields.ts'
import { type Notation, printNotation } from '../support/params/node.ts'
import type { Param } from '../support/params/param.ts'
import type { FileReader } from '../support/params/reading.ts'
import { visitFields } from '../support/params.ts'
import type { Registry } from '../support/registry.ts'
import { source } from '../workloads/source.ts'

/** A small design in which every family has a place: examples are put into it. */
export const sample = {
  loadpath: 1,
  name: 'sample',
  traffic: {
    visitors: {
      rate: '100/s',
      sessions: '1k',
      requests: {
        view: { to: 'front', key: 'uniform over 10k', retry: { attempts: 2 } },
        order: { to: 'wire', key: 'uniform over 10k' },
        pay: { to: 'webshop', key: 'uniform over 10k' },
        look: { to: 'near', key: 'uniform over 10k' },
      },
    },
    yesterday: {
      replay: { file: 'access.log', format: 'access-log' },
      rate: '10/s',
      sessions: 10,
      requests: { seen: { to: 'front' } },
    },
  },
  blocks: {
    front: {
      type: 'load-balancer',
      instances: 2,
      standby: 1,
      targets: 'web',
      sticky: 'cookie',
      'rate-limit': 'token-bucket 1k/s',
    },
    web: {
      type: 'service',
      instances: 2,
      workers: 100,
      endpoints: {
        any: [{ call: 'album.read' }, { publish: 'thumbnails' }],
        order: { idempotent: 'by-key', do: [{ call: 'album.read' }] },
      },
    },
    album: { type: 'cache', of: 'photos', capacity: '1k', ttl: '1h', invalidation: {} },
    photos: { type: 'database', buffer: { capacity: '1GiB' }, disk: '1ms' },
    thumbnails: { type: 'queue', limit: '10k', workers: { compute: '5ms' } },
    wire: { type: 'link', to: 'web' },
    webshop: {
      type: 'service',
      calls: { photos: { breaker: { opens: '10 of 20' }, pool: 20, retry: { attempts: 2, budget: '10%' } } },
      endpoints: { any: [{ call: 'photos.read' }] },
    },
    near: { type: 'cdn', of: 'photos', capacity: '1k' },
  },
  run: { for: '60s' },
} as const

const log = Uint8Array.from('h - - [01/Jan/2026:00:00:00 +0000] "GET /photographs-of HTTP/1.1" 200 9\n', (character) =>
  character.charCodeAt(0),
)

/** The file beside the sample; its length is that of whole records too. */
export const sampleFiles: FileReader = Object.assign(() => undefined, { bytes: () => log })

/** The block of the sample that is of this type. */
export function sampleBlock(type: string): string {
  const name = Object.entries(sample.blocks).find(([, block]) => block.type === type)?.[0]
  invariant(name !== undefined, `the sample design has no block of type "${type}"`)
  return name
}

/** The first block of the sample of which one of these is measured; any where nothing is needed. */
export function sampleBlockWith(needs: readonly string[] = []): string {
  if (needs.length === 0) return sampleBlock('service')
  const { design } = readObject(sample, catalogue, { readFile: sampleFiles })
  const block = design?.blocks.find(({ type, values }) => {
    const measured = blocks.get(type).measured?.(values) ?? []
    return needs.some((need) => measured.includes(need))
  })
  invariant(block !== undefined, `no block of the sample design has ${needs.join(' or ')}`)
  return block.name
}

/** The first place of the sample where a member of the family can stand, as a path. */
export function placeOfFamily(family: Registry): string | undefined {
  const { design } = readObject(sample, catalogue, { readFile: sampleFiles })
  let found: string | undefined
  let section = 'traffic'
  const look = (path: string, param: Param<unknown>) => {
    if (found === undefined && param.facts?.family?.() === family) found = `${section}.${path}`
    return found === undefined
  }
  for (const { name, values } of design?.sources ?? []) visitFields(source.params, values, name, look)
  section = 'blocks'
  for (const { name, type, values } of design?.blocks ?? []) visitFields(blocks.get(type).params, values, name, look)
  return found
}

/** How a member is written with its required fields only, or as it says itself. */
export function exampleOf(member: Definition, key: string): Notation {
  if (member.example !== undefined) return member.example
  const required = requiredFields(member.params)
  if (key === '') return { [member.name]: besideName(member) }
  const text = member.short?.replace(/\{([a-z-]+)\}/g, (_all, name: string) => String(sampleValue(member.params[name])))
  if (required.length === 0) return member.name
  if (text !== undefined) return `${member.name} ${text}`
  return { [key]: member.name, ...fieldValues(member, required) }
}

/** What stands beside the name of a step or fault: its main parameter, or a mapping. */
function besideName(member: Definition): Notation {
  const required = requiredFields(member.params)
  const main = mainParam(member)
  if (required.length === 1 && required[0] === main) return sampleValue(member.params[main as string])
  return fieldValues(member, required)
}

function fieldValues({ params }: Definition, names: readonly string[]): Readonly<Record<string, Notation>> {
  return Object.fromEntries(names.map((name) => [name, sampleValue(params[name])]))
}

function sampleValue(param: Param<unknown> | undefined): Notation {
  const { kind = '', facts = {}, expected = '' } = param ?? {}
  const [first] = facts.of ?? []
  if (kind === 'reference') return facts.accepts === undefined ? 'photos' : sampleBlock(facts.accepts[0] ?? '')
  if (kind === 'steps') return [{ compute: '2ms' }]
  if (kind === 'record')
    return fieldValues({ params: facts.fields ?? {} } as Definition, requiredFields(facts.fields ?? {}))
  if (kind === 'list') return [sampleValue(first)]
  if (kind === 'named') return { any: sampleValue(first) }
  if (kind === 'choice') return facts.words?.[0] ?? ''
  if (kind === 'either') return sampleValue(first)
  if (kind === 'policy') return exampleOf((facts.family as () => Registry)().members[0] as Definition, 'type')
  if (kind === 'amount') return '5ms'
  return /such as `([^`]+)`/.exec(expected)?.[1] ?? 'text'
}

/** A record with its required fields and all its defaults. */
export function sampleRecord({ facts }: Param<unknown>): Notation {
  const params = facts?.fields ?? {}
  const given = Object.entries(params).filter(([, param]) => param.default !== undefined || param.optional !== true)
  return Object.fromEntries(given.map(([name, param]) => [name, param.default ?? sampleValue(param)]))
}

/** Lines of a design with a value at a path; items of lists stand alone. */
export function linesAt(path: string, value: Notation): string {
  const keys = path.split('.')
  return keys
    .map((key, depth) => `${'  '.repeat(depth)}${key}:${depth === keys.length - 1 ? ` ${printNotation(value)}` : ''}`)
    .join('\n')
}
