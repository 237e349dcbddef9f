import { run } from '../before-run/run-params.ts'
import { blocks } from '../blocks/index.ts'
import { sharedCallParams } from '../blocks/service/steps/call.ts'
import { catalogue } from '../experiment/catalogue.ts'
import { place } from '../network/place.ts'
import { listWords } from '../support/suggest.ts'
import { source } from '../workloads/source.ts'
import { type Entry, entry, type Field } from './entry.ts'
import { fieldsOf } from './fields.ts'

const placesExample = `loadpath: 1
name: two-regions
places:
  eu-west: { zones: 3, zone-round-trip: 0.7ms, to: { us-east: { round-trip: 76ms } } }
  us-east: { zones: 2 }
traffic:
  visitors: { rate: 100/s, in: { eu-west: 60%, us-east: 40% }, requests: { view: { to: web } } }
blocks:
  web: { type: service, instances: 3, in: eu-west, endpoints: { view: [{ compute: 5ms }, { call: photos.read }] } }
  photos: { type: database, in: eu-west.zone-1 }`

const defaultsExample = `loadpath: 1
name: said-once
defaults:
  call: { timeout: 300ms, retry: 2, breaker: 10 of 20 }
  request: { timeout: 2s }
  service: { cores: 4 }
traffic:
  visitors: { rate: 100/s, requests: { view: { to: web } } }
blocks:
  web: { type: service, endpoints: { view: [{ compute: 5ms }, { call: photos.read, timeout: 1s }] } }
  photos: { type: database }`

const callsExample = `loadpath: 1
name: guarded
traffic:
  visitors: { rate: 100/s, requests: { view: { to: web } } }
blocks:
  web:
    type: service
    instances: 2
    calls:
      photos:
        timeout: 200ms
        retry: { attempts: 3, budget: 10% }
        breaker: { opens: 50%, window: 10s, for: 5s }
        pool: { connections: 20, timeout: 100ms }
    endpoints: { view: [{ compute: 5ms }, { call: photos.read }] }
  photos: { type: database }`

/** The section `defaults`: a mapping for each thing of which it can say something once. */
function defaultsFields(): readonly Field[] {
  const shared = Object.entries(catalogue.inherited ?? {}).map(([word, params]) =>
    oneOf(word, `every ${word} that does not say otherwise: ${listWords(Object.keys(params), 'and')}`),
  )
  const types = blocks.members.map(({ name }) =>
    oneOf(name, `every block of the type \`${name}\`: any of its fields, and \`like\``),
  )
  return [...shared, ...types]
}

function oneOf(name: string, meaning: string): Field {
  return { name, written: 'mapping', meaning, required: false }
}

/** Sections that have fields of their own, and `calls`, which is one inside a service. */
export const sectionsWithFields: readonly Entry[] = [
  ...[source, run].map((definition) =>
    entry({
      word: definition === source ? 'traffic' : definition.name,
      family: 'section',
      title: definition.title,
      summary: definition.summary,
      fields: fieldsOf(definition.params),
    }),
  ),
  entry({
    word: 'places',
    family: 'section',
    title: 'Places, by name',
    summary: `${place.summary} Without \`in\`, they are in the only place, or nowhere if there are several. Regions with published round trips, such as \`eu-west\`, need no \`to\`.`,
    written: ['places: { {place}: { zones: {count}, to: { {place}: { round-trip: {duration} } } } }'],
    fields: fieldsOf(place.params),
    example: placesExample,
    related: ['round-trip', 'in', 'crash', 'cut', 'worsen'],
  }),
  entry({
    word: 'defaults',
    family: 'section',
    title: 'Defaults of calls, requests and blocks',
    summary:
      'Values for all calls, all requests and all blocks of a type. A call takes a field that it does not write from `calls` of its service, then from `defaults: { call: … }`.',
    written: ['defaults: { call: {fields}, request: {fields}, {type of block}: {fields} }'],
    fields: defaultsFields(),
    example: defaultsExample,
    related: ['calls', ...Object.keys(sharedCallParams)],
  }),
  entry({
    word: 'calls',
    family: 'section',
    title: 'Section `calls` of a service: its calls to each block',
    summary:
      'How each instance of the service calls another block. All its calls to that block share one breaker, pool, bulkhead, rate limit and retry budget. `defaults: { call: … }` takes the same fields for the calls of all services.',
    aliases: ['service.calls', 'guards'],
    written: ['calls: { {block}: {fields} }'],
    fields: fieldsOf(sharedCallParams),
    example: callsExample,
    standsAt: ['service.calls', 'defaults.call'],
    related: ['call', 'defaults'],
  }),
]
