import type { Definition } from '../support/definition.ts'
import { distributions } from '../support/distributions/index.ts'
import {
  choice,
  count,
  distribution,
  duration,
  either,
  factor,
  file,
  list,
  named,
  policy,
  price,
  type Registry,
  rate,
  record,
  reference,
  share,
  size,
  steps,
  text,
  trafficPrice,
  type Values,
  weight,
} from '../support/params.ts'
import { registry } from '../support/registry.ts'
import type { BlockDefinition, Catalogue, MeasureDefinition } from './catalogue.ts'

/** A small catalogue with one of everything that the language has to understand, for its tests. */

const keyDistributions = registry('key distribution', [
  {
    name: 'zipf',
    title: 'Zipf',
    summary: 'A few keys are requested often.',
    params: {
      exponent: factor({ meaning: 'how unequal they are', default: 0.9 }),
      keys: count({ meaning: 'how many there are', min: 1 }),
    },
    short: '{exponent} over {keys}',
  },
  {
    name: 'uniform',
    title: 'Uniform',
    summary: 'All keys are requested equally often.',
    params: { keys: count({ meaning: 'how many there are', min: 1 }) },
  },
] satisfies Definition[])

const evictions = registry('eviction policy', [
  {
    name: 'lru',
    title: 'LRU',
    summary: 'The one unused for longest leaves.',
    aliases: ['least-recently-used'],
    params: {},
  },
  {
    name: 'slru',
    title: 'Segmented LRU',
    summary: 'Two segments.',
    params: {
      protected: share({ meaning: 'part of the cache for keys seen twice', default: '80%', source: 'Karedla 1994' }),
    },
  },
] satisfies Definition[])

const shapes = registry('shape', [
  { name: 'flat', title: 'Flat', summary: 'No change.', params: {} },
  {
    name: 'spike',
    title: 'Spike',
    summary: 'Higher for a while.',
    params: {
      factor: factor({ meaning: 'how much higher' }),
      at: duration({ meaning: 'when' }),
      for: duration({ meaning: 'how long' }),
    },
  },
] satisfies Definition[])

const stepTypes: Registry = registry<Definition>('step', [
  {
    name: 'compute',
    title: 'Compute',
    summary: 'Keeps a core busy.',
    params: { time: distribution({ meaning: 'for how long', dimension: 'duration', family: distributions }) },
  },
  {
    name: 'call',
    title: 'Call',
    summary: 'Asks another block and waits.',
    main: 'to',
    params: {
      to: reference({ meaning: 'whom', to: 'operation' }),
      timeout: duration({ meaning: 'how long to wait', formerly: 'give-up', optional: true, above: 0 }),
    },
  },
  {
    name: 'parallel',
    title: 'Parallel',
    summary: 'Does several things at once.',
    params: {
      of: list({ meaning: 'the branches', of: steps({ meaning: 'one branch', family: () => stepTypes }), min: 1 }),
    },
  },
  { name: 'respond', title: 'Respond', summary: 'Answers now.', params: {} },
])

const serviceParams = {
  instances: count({ meaning: 'how many run', default: 1, min: 1, max: '10k' }),
  workers: either({
    meaning: 'how many requests an instance serves at once',
    of: [count({ meaning: 'so many', min: 1 }), choice({ meaning: 'without end', words: ['unlimited', 'event-loop'] })],
    default: 'unlimited',
  }),
  price: price({ meaning: 'rent of one instance', default: '$0.10/h', source: 'a price list' }),
  endpoints: named({
    meaning: 'what it does, by request',
    names: 'the name of a request',
    of: steps({ meaning: 'what is done', family: stepTypes }),
  }),
}

interface StepValues {
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
}

const service = {
  name: 'service',
  title: 'Service',
  summary: 'Runs code.',
  params: serviceParams,
  operations: (values: Values<typeof serviceParams>) => Object.keys(values.endpoints),
  calls: (values: Values<typeof serviceParams>) =>
    Object.entries(values.endpoints).flatMap(([operation, list]) =>
      (list as readonly StepValues[])
        .filter(({ name }) => name === 'call')
        .map(({ values: { to } }) => ({ operation, to: to as { block: string } })),
    ),
} satisfies BlockDefinition

const cacheParams = {
  of: reference({ meaning: 'what is cached', to: 'block', accepts: ['database'] }),
  eviction: policy({ meaning: 'who leaves', family: evictions, default: 'lru' }),
  capacity: size({ meaning: 'how much fits', formerly: 'bytes', above: 0 }),
  'least-object': size({ meaning: 'size of the smallest object', default: '1KiB' }),
  latency: distribution({ meaning: 'time of an answer', dimension: 'duration', default: '0.5ms', source: 'a guess' }),
  mode: choice({
    meaning: 'how it is filled',
    words: ['aside', 'through'],
    aliases: { around: 'aside' },
    default: 'aside',
  }),
  traffic: trafficPrice({ meaning: 'price of what leaves', optional: true }),
}

const cache = {
  name: 'cache',
  title: 'Cache',
  summary: 'Keeps copies.',
  aliases: ['store'],
  params: cacheParams,
  presets: [
    {
      name: 'redis',
      source: 'redis.io, benchmarks',
      values: { latency: { p50: '0.2ms', p99: '1ms' }, capacity: '1GiB' },
    },
  ],
  operations: () => ['read', 'write'],
  calls: (values: Values<typeof cacheParams>) => [{ operation: 'read', to: values.of, passesOperation: true }],
  problems: [
    {
      code: 'cache-capacity-too-small',
      title: 'The cache holds not even one object',
      meaning: 'Every request would be a miss.',
      remedy: 'Give it more memory.',
    },
  ],
  check(values: Values<typeof cacheParams>, report) {
    if (values.capacity >= values['least-object']) return
    report({
      code: 'cache-capacity-too-small',
      message: 'not one object fits into this cache',
      field: 'capacity',
      hint: 'give it more memory',
    })
  },
} satisfies BlockDefinition

const databaseParams = {
  instances: list({
    meaning: 'its machines',
    of: record({ meaning: 'one machine', fields: { cores: count({ meaning: 'cores', min: 1 }) } }),
    optional: true,
  }),
}

const database = {
  name: 'database',
  title: 'Database',
  summary: 'Keeps the truth.',
  params: databaseParams,
  operations: () => ['read', 'write'],
  roles: () => ['leader', 'follower'],
} satisfies BlockDefinition

const balancer = {
  name: 'load-balancer',
  title: 'Load balancer',
  summary: 'Spreads requests.',
  params: {
    targets: list({
      meaning: 'among whom',
      of: reference({ meaning: 'one of them', to: 'block' }),
      min: 1,
      single: true,
    }),
  },
  calls: (values: { targets: readonly { block: string }[] }) =>
    values.targets.map((to) => ({ to, passesOperation: true as const })),
} satisfies BlockDefinition

const traffic = {
  name: 'source',
  title: 'Source',
  summary: 'Sends requests.',
  params: {
    rate: rate({ meaning: 'how many come' }),
    shape: policy({ meaning: 'how the rate changes', family: shapes, default: 'flat' }),
    requests: named({
      meaning: 'the kinds of request',
      names: 'the name of a request',
      of: record({
        meaning: 'one kind of request',
        fields: {
          weight: weight({ meaning: 'share of the traffic', default: 1 }),
          to: reference({ meaning: 'where it goes', to: 'operation' }),
          key: policy({ meaning: 'what it requests', family: keyDistributions, optional: true }),
          size: distribution({ meaning: 'what it carries', dimension: 'size', default: '0B' }),
        },
      }),
    }),
  },
} as const satisfies Definition

const faults = registry<Definition>('fault', [
  {
    name: 'crash',
    title: 'Crash',
    summary: 'It is gone.',
    main: 'target',
    params: {
      target: reference({ meaning: 'who', to: 'instance' }),
      at: duration({ meaning: 'when' }),
      for: duration({ meaning: 'how long', optional: true }),
    },
  },
  {
    name: 'surge',
    title: 'Surge',
    summary: 'More traffic.',
    main: 'source',
    params: {
      source: reference({ meaning: 'which traffic', to: 'source' }),
      factor: factor({ meaning: 'times as much', above: 0 }),
      measured: file({ meaning: 'a record of it', optional: true }),
      note: text({ meaning: 'why', optional: true }),
    },
  },
])

const run = {
  name: 'run',
  title: 'Run',
  summary: 'How long and how often.',
  params: {
    for: duration({ meaning: 'simulated time', default: '60s', max: '30d' }),
    repeat: count({ meaning: 'replications', default: 20, min: 1 }),
  },
} as const satisfies Definition

const measure = (
  definition: Pick<MeasureDefinition, 'name' | 'dimension' | 'of' | 'blocks' | 'aliases'>,
): MeasureDefinition => ({
  title: definition.name,
  summary: definition.name,
  params: {},
  ...definition,
})

const measures = registry<MeasureDefinition>('measure', [
  measure({ name: 'percentile', dimension: 'duration', of: ['request', 'traffic', 'design'] }),
  measure({ name: 'availability', dimension: 'share', of: ['request', 'traffic', 'design'] }),
  measure({ name: 'hit-ratio', dimension: 'share', of: ['block'], blocks: ['cache'] }),
  measure({ name: 'utilization', aliases: ['use'], dimension: 'share', of: ['block'] }),
  measure({ name: 'cost', dimension: 'price', of: ['design', 'block'] }),
])

export const toyCatalogue = {
  blocks: registry('block type', [service, cache, database, balancer]),
  traffic,
  faults,
  run,
  measures,
  check(design, report) {
    if (design.faults.length > 3) report('faults.4', 'more than three faults at once', 'leave some out')
  },
} satisfies Catalogue
