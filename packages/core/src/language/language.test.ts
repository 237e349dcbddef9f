import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { drawWorld, nominalWorld } from '../support/params.ts'
import { designer } from './define.ts'
import { designSchema, fixDesign, readDesign, readObject } from './index.ts'
import { toyCatalogue } from './toy-catalogue.ts'
import { toyDesign } from './toy-design.ts'

function designOf(text: string, options = {}) {
  const { design, problems } = readDesign(text, toyCatalogue, options)
  expect(problems).toEqual([])
  if (design === undefined) throw new Error('there is no design')
  return design
}

const blockOf = (text: string, name: string, options = {}) =>
  designOf(text, options).blocks.find((block) => block.name === name)?.values

describe('a design', () => {
  it('is the same in YAML, in JSON and as an object', () => {
    const object = parse(toyDesign) as object
    const fromYaml = designOf(toyDesign)
    expect(designOf(JSON.stringify(object))).toEqual(fromYaml)
    const { places, ...read } = readObject(object, toyCatalogue)
    expect(read).toEqual({ design: fromYaml, problems: [], rewrites: [] })
    // Built as an object it stands on no line, and parts are known by their paths.
    expect(places?.of('web')).toEqual({ path: 'web' })
  })

  it('is plain data', () => {
    const design = designOf(toyDesign)
    expect(structuredClone(design)).toEqual(design)
    expect(JSON.parse(JSON.stringify(design))).toEqual(design)
  })

  it('lists every default in force, and nothing that the user gave', () => {
    const text = toyDesign.replace('eviction: slru, ', '').replace('    price: $0.19/h\n', '')
    expect(designOf(text).assumptions).toEqual([
      { path: 'album.eviction', value: 'lru', meaning: 'who leaves' },
      {
        path: 'album.latency',
        value: '{ p50: 0.2ms, p99: 1ms }',
        meaning: 'time of an answer',
        source: 'redis.io, benchmarks',
      },
      { path: 'album.least-object', value: '1KiB', meaning: 'size of the smallest object' },
      { path: 'album.mode', value: 'aside', meaning: 'how it is filled' },
      { path: 'visitors.requests.view.size', value: '0B', meaning: 'what it carries' },
      { path: 'web.price', value: '$0.10/h', meaning: 'rent of one instance', source: 'a price list' },
    ])
  })

  it('is the same whatever the order of its sources, blocks, requests and endpoints', () => {
    const turned = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, field]) => [key, turned(field)]),
          )
    const { traffic, blocks, ...rest } = parse(toyDesign) as { traffic: unknown; blocks: unknown }
    const text = JSON.stringify({ ...rest, blocks: turned(blocks), traffic: turned(traffic) })
    expect(JSON.stringify(designOf(text))).toBe(JSON.stringify(designOf(toyDesign)))
  })

  it('takes what is given before a preset, and a preset before a default', () => {
    expect(blockOf(toyDesign, 'album')).toMatchObject({
      capacity: 8 * 1024 ** 3,
      latency: { name: 'log-normal', values: { p50: 0.2, p99: 1 } },
    })
    expect(blockOf(toyDesign.replace('capacity: 8GiB, ', ''), 'album')).toMatchObject({ capacity: 1024 ** 3 })
    expect(blockOf(toyDesign.replace(', like: redis', ''), 'album')).toMatchObject({
      latency: { name: 'constant', values: { value: 0.5 } },
    })
  })
})

describe('uncertain numbers', () => {
  const text = toyDesign.replace('instances: 8', 'instances: 6..9')

  it('are listed with their range', () => {
    expect(designOf(text).uncertain).toEqual([
      { path: 'visitors.rate', text: '2000/s \u00b1 20%', low: 1600, high: 2400, nominal: 2000 },
      { path: 'web.endpoints.upload.2.timeout', text: '4s..6s', low: 4000, high: 6000, nominal: 5000 },
      { path: 'web.instances', text: '6..9', low: 6, high: 9, nominal: 8 },
    ])
  })

  it('have their nominal value in the nominal world, and nothing else changes', () => {
    const design = designOf(text)
    const nominal = nominalWorld(design)
    expect(nominal.sources[0]?.values.rate).toBe(2000)
    expect(nominal.blocks[0]).toBe(design.blocks[0])
  })

  it.each([
    [1e-9, 1600, 6],
    [0.5, 2000, 8],
    [1 - 1e-9, 2400, 9],
  ])('are drawn by %s', (uniform, rate, instances) => {
    const asked: string[] = []
    const world = drawWorld(designOf(text), (path) => {
      asked.push(path)
      return uniform
    })
    expect(world.sources[0]?.values.rate).toBeCloseTo(rate, 4)
    expect(world.blocks.find(({ name }) => name === 'web')?.values.instances).toBe(instances)
    expect(asked.toSorted()).toEqual(['visitors.rate', 'web.endpoints.upload.2.timeout', 'web.instances'])
  })

  it.each(['2000/s +- 20%', '2000/s \u00b1 400/s', '1600/s..2400/s', '1.6k/s .. 2.4k/s'])(
    '%s is one way to say it',
    (rate) => {
      const { uncertain } = designOf(toyDesign.replace('2000/s \u00b1 20%', rate))
      expect(uncertain[0]).toEqual({ path: 'visitors.rate', text: rate, low: 1600, high: 2400, nominal: 2000 })
    },
  )
})

describe('variants and settings', () => {
  it('change one field and its path keeps its name', () => {
    expect(blockOf(toyDesign, 'web', { variant: 'half' })).toMatchObject({ instances: 4 })
    expect(blockOf(toyDesign, 'web')).toMatchObject({ instances: 8 })
    expect(designOf(toyDesign, { variant: 'half' }).variant).toBe('half')
  })

  it.each([
    ['visitors.requests.view.weight=50', 'sources', 'weight":50'],
    ['run.for=10s', 'run', '"for":10000'],
    ['web.endpoints.view.1.compute={ p50: 1ms, p99: 3ms }', 'blocks', '"p50":1,"p99":3'],
    ['web.endpoints.view.1.compute.p99=33ms', 'blocks', '"p50":2,"p99":33'],
    ['faults.1.for=7s', 'faults', '"for":7000'],
    ['faults=[]', 'faults', '[]'],
    ['album.mode=through', 'blocks', '"mode":"through"'],
    ['visitors.rate=5/s..6/s', 'uncertain', '"path":"visitors.rate","text":"5/s..6/s","low":5,"high":6'],
    ['blocks.web.instances=3', 'blocks', '"instances":3'],
    ['name=other', 'name', 'other'],
  ] as const)('--set %s', (set, part, expected) => {
    expect(JSON.stringify(designOf(toyDesign, { set: [set] })[part])).toContain(expected)
  })

  it.each([
    ['web.endpoints.view.0.compute=1ms', 'unknown-path', 'a number from 1 to 2'],
    ['web.endpoints.view.3.compute=1ms', 'unknown-path', 'a number from 1 to 2'],
    ['web..instances=1', 'unknown-path', undefined],
    ['web.instancs=1', 'unknown-field', undefined],
    ['web.instances={ a: 1 }', 'wrong-form', undefined],
    ['web.instances=[', 'yaml-syntax', undefined],
    ['=1', 'malformed-setting', undefined],
  ])('--set %s is refused', (set, code, expected) => {
    const { problems } = readDesign(toyDesign, toyCatalogue, { set: [set] })
    expect(problems[0]).toMatchObject({
      code,
      place: { file: '--set' },
      ...(expected === undefined ? {} : { expected }),
    })
  })

  it('a variant that does not apply is a mistake even when another is selected', () => {
    const text = toyDesign.replace('web.instances: 4', 'web.instances: 1')
    const said = readDesign(text, toyCatalogue, { variant: 'cold' }).problems
    expect(said).toMatchObject([
      { code: 'unknown-instance', message: '`web` has no instance `2` (in the variant `half`)', place: { line: 35 } },
    ])
  })

  it('a variant that does not exist', () => {
    expect(readDesign(toyDesign, toyCatalogue, { variant: 'hlaf' }).problems).toMatchObject([
      { code: 'unknown-name', hint: 'did you mean `half`?' },
    ])
  })

  it('a design-wide check points at its field', () => {
    const crash = '  - { crash: photos.leader, at: 10s }\n'
    const { problems } = readDesign(toyDesign.replace(crash, crash.repeat(3)), toyCatalogue)
    expect(problems).toMatchObject([{ code: 'conflicting-fields', path: 'faults.4', place: { line: 38 } }])
  })
})

describe('check --fix', () => {
  it('rewrites older words where they stand and touches nothing else', () => {
    const old = toyDesign
      .replace('type: cache', 'type: store')
      .replace('eviction: slru', "eviction: 'least-recently-used'")
      .replace('capacity: 8GiB', 'bytes: 8GiB # enough')
      .replace('timeout: 4s..6s', 'give-up: 4s..6s')
    const broken = old.replace(' # enough', '')
    const { text, rewrites } = fixDesign(broken, toyCatalogue)
    expect(text).toBe(toyDesign.replace('eviction: slru', "eviction: 'lru'"))
    expect(rewrites.map(({ from, to }) => `${from} -> ${to}`)).toEqual([
      'give-up -> timeout',
      'store -> cache',
      'least-recently-used -> lru',
      'bytes -> capacity',
    ])
  })

  it('keeps comments', () => {
    const text = toyDesign.replace('    instances: 8', '    instances: 8 # store? no')
    expect(fixDesign(text.replace('type: cache', 'type: store'), toyCatalogue).text).toBe(text)
  })
})

describe('older names', () => {
  const variant = (path: string) => toyDesign.replace('album.eviction: lru', `${path}: 1GiB`)
  const capacityOf = (text: string) =>
    readDesign(text, toyCatalogue, { variant: 'cold' }).design?.blocks.find(({ name }) => name === 'album')?.values
      .capacity

  it.each([
    ['in a variant alone', variant('album.bytes')],
    ['in the design alone', variant('album.capacity').replace('capacity: 8GiB', 'bytes: 8GiB')],
    ['in both', variant('album.bytes').replace('capacity: 8GiB', 'bytes: 8GiB')],
  ])('of a field mean the same %s, and are rewritten', (_where, text) => {
    expect(capacityOf(text)).toBe(2 ** 30)
    const { text: fixed, rewrites } = fixDesign(text, toyCatalogue)
    expect(fixed).toBe(variant('album.capacity'))
    expect(rewrites.every(({ from, to }) => from === 'bytes' && to === 'capacity')).toBe(true)
  })

  it('of a measure are read on both sides of an objective, and are rewritten', () => {
    const of = (measure: string) =>
      toyDesign.replace('half.web.utilization < 70%', `'half.web.${measure} < 2 * web.${measure}'`)
    expect(readDesign(of('use'), toyCatalogue).problems.map(({ code }) => code)).toEqual(['older-word', 'older-word'])
    expect(fixDesign(of('use'), toyCatalogue).text).toBe(of('utilization'))
  })

  it('of the key that names a distribution are read, and are rewritten', () => {
    const of = (key: string) => toyDesign.replace('exponential 15ms', `{ ${key}: exponential, mean: 15ms }`)
    expect(readDesign(of('law'), toyCatalogue).problems.map(({ code }) => code)).toEqual(['renamed-field'])
    expect(fixDesign(of('law'), toyCatalogue).text).toBe(of('distribution'))
  })
})

describe('the schema for editors', () => {
  const schema = designSchema(toyCatalogue)
  const validate = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false })
    .addVocabulary(['patternErrorMessage', 'markdownDescription'])
    .compile(schema)
  const accepts = (text: string) => validate(parse(text))

  it('accepts what the check accepts', () => {
    expect(accepts(toyDesign), JSON.stringify(validate.errors)).toBe(true)
  })

  it.each([
    ['capacity: 8GiB', 'capacity: 8s'],
    ['capacity: 8GiB', 'capcity: 8GiB'],
    ['type: database', 'type: databse'],
    ['of: photos, ', ''],
    ['workers: 4', 'workers: many'],
    ['crash: web.2', 'crsh: web.2'],
  ])('refuses %s as %s', (from, to) => {
    expect(accepts(toyDesign.replace(from, to))).toBe(false)
  })

  it('lets a preset stand for a required field', () => {
    expect(accepts(toyDesign.replace('capacity: 8GiB, ', ''))).toBe(true)
  })
})

describe('a design in TypeScript', () => {
  const defineDesign = designer<typeof toyCatalogue>()
  const design = defineDesign({
    loadpath: 1,
    name: 'small',
    traffic: { visitors: { rate: '10/s', requests: { view: { to: 'web' } } } },
    blocks: { web: { type: 'service', instances: 2, endpoints: { view: [{ compute: '1ms' }] } } },
    run: { for: '10s' },
    objectives: ['view.p99 < 50ms'],
  })

  it('is checked like a file', () => {
    expect(readObject(design, toyCatalogue)).toMatchObject({ problems: [], design: { name: 'small' } })
  })

  it('is known to the compiler', () => {
    // @ts-expect-error a rate is required
    defineDesign({ loadpath: 1, name: 'x', traffic: { a: { requests: {} } }, blocks: {} })
    // @ts-expect-error there is no such field
    defineDesign({ loadpath: 1, name: 'x', traffic: {}, blocks: {}, run: { foor: '1s' } })
    // @ts-expect-error a duration is a text with its unit
    defineDesign({ loadpath: 1, name: 'x', traffic: {}, blocks: {}, run: { for: 1 } })
    expect(true).toBe(true)
  })
})
