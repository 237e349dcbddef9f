import { Ajv } from 'ajv'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Definition } from '../definition.ts'
import { distributions } from '../distributions/index.ts'
import {
  bandwidth,
  choice,
  count,
  distribution,
  duration,
  either,
  factor,
  type Inputs,
  list,
  named,
  type Param,
  policy,
  record,
  reference,
  share,
  size,
  steps,
  text,
  type Values,
} from '../params.ts'
import { registry } from '../registry.ts'
import { type Notation, nodeOf } from './node.ts'
import { startReading } from './reading.ts'
import { startSchema } from './schema.ts'

const place = { path: 'field' }

/** The value, or the codes of what is wrong; the schema accepts every value that is sound. */
function read(param: Param<unknown>, notation: Notation): unknown {
  const { problems, reading } = startReading(distributions)
  const value = param.read(nodeOf(notation, place), reading)
  if (problems.length > 0) {
    expect(value).toBeUndefined()
    return problems.map(({ code }) => code)
  }
  const scope = startSchema(distributions)
  const fragment = param.schema(scope)
  const validate = new Ajv({ strict: false }).compile({ ...fragment, definitions: scope.definitions })
  expect(validate(notation), JSON.stringify([notation, validate.errors])).toBe(true)
  return value
}

const family = registry<Definition>('policy', [
  { name: 'plain', title: '', summary: '', aliases: ['simple'], params: {} },
  { name: 'wait', title: '', summary: '', params: { time: duration({ meaning: 'how long' }) } },
  {
    name: 'zipf',
    title: '',
    summary: '',
    params: { exponent: factor({ meaning: 'e' }), keys: count({ meaning: 'k' }) },
    short: '{exponent} over {keys}',
  },
])
const wait = duration({ meaning: 'how long' })
const word = choice({ meaning: 'which', words: ['never', 'always'] })
const which = policy({ meaning: 'which', family })

describe('each kind of parameter', () => {
  it.each<[string, Param<unknown>, Notation, unknown]>([
    ['a duration', wait, '200 ms', 200],
    ['a negative duration', wait, '-1ms', ['out-of-range']],
    ['a bandwidth of nothing', bandwidth({ meaning: 'x' }), '0MB/s', ['out-of-range']],
    ['bounds in notation', size({ meaning: 'x', min: '1KiB', max: '1MiB' }), '1MiB', 1048576],
    ['beyond the bounds', size({ meaning: 'x', min: '1KiB', max: '1MiB' }), '1025KiB', ['out-of-range']],
    ['an exclusive bound', factor({ meaning: 'x', above: 0 }), 0, ['out-of-range']],
    ['a negative factor where it may be', factor({ meaning: 'x', min: -1 }), -0.5, -0.5],
    ['a share above one where it may be', share({ meaning: 'x', max: '300%' }), '250%', 2.5],
    ['a count as a number', count({ meaning: 'x' }), 5, 5],
    ['a count as a text', count({ meaning: 'x' }), '2.5k', 2500],
    ['a count that is no exact number', count({ meaning: 'x' }), '9007199254740993', ['out-of-range']],
    ['an uncertain count without a whole number', count({ meaning: 'x' }), '1.2..1.8', ['not-whole']],
    ['a range backwards', wait, '6ms..4ms', ['out-of-range']],
    ['three dots', wait, '4ms...6ms', ['malformed-quantity']],
    ['a spread of a spread', wait, '4ms \u00b1 1% \u00b1 1%', ['malformed-quantity']],
    ['a spread below zero', wait, '4ms \u00b1 120%', ['out-of-range']],
    ['a spread of another dimension', wait, '4ms \u00b1 1KiB', ['wrong-dimension']],
    ['a word', word, 'never', 'never'],
    ['true is no word', word, true, ['unknown-name']],
    ['a text that looks like a number', text({ meaning: 'x' }), 5, '5'],
    ['nothing', text({ meaning: 'x' }), null, ['wrong-form']],
    ['a list', list({ meaning: 'x', of: wait }), ['1ms', '1s'], [1, 1000]],
    ['a list of one without its dash', list({ meaning: 'x', of: wait, single: true }), '1ms', [1]],
    ['no list', list({ meaning: 'x', of: wait }), '1ms', ['wrong-form']],
    ['too short a list', list({ meaning: 'x', of: wait, min: 1 }), [], ['wrong-form']],
    [
      'every item of a list is checked',
      list({ meaning: 'x', of: wait }),
      ['1', '1B'],
      ['missing-unit', 'wrong-dimension'],
    ],
    [
      'a record',
      record({ meaning: 'x', fields: { wait, word } }),
      { wait: '1s', word: 'always' },
      { wait: 1000, word: 'always' },
    ],
    ['a record without a field', record({ meaning: 'x', fields: { wait } }), {}, ['missing-field']],
    ['a name that is none', named({ meaning: 'x', names: 'x', of: wait }), { '1a': '1s' }, ['malformed-name']],
    [
      'a word that other readers of YAML change',
      named({ meaning: 'x', names: 'x', of: wait }),
      { no: '1s' },
      ['reserved-name'],
    ],
    ['a policy by name', which, 'plain', { name: 'plain', values: {} }],
    ['a policy with its only parameter', which, 'wait 5ms', { name: 'wait', values: { time: 5 } }],
    ['a policy on one line', which, 'zipf 0.9 over 5M', { name: 'zipf', values: { exponent: 0.9, keys: 5_000_000 } }],
    ['a policy as a mapping', which, { type: 'wait', time: '1s' }, { name: 'wait', values: { time: 1000 } }],
    ['a policy with too much', which, 'plain 5', ['wrong-form']],
    ['a policy that is not filled in', which, 'zipf', ['missing-field', 'missing-field']],
    ['a policy on a line that does not fit', which, 'zipf 0.9 of 5M', ['wrong-form']],
    ['a mapping without its type', which, { time: '1s' }, ['missing-field']],
    ['a block', reference({ meaning: 'x', to: 'block' }), 'web', { block: 'web' }],
    ['an instance', reference({ meaning: 'x', to: 'instance' }), 'web.2', { block: 'web', instance: 2 }],
    ['instances count from 1', reference({ meaning: 'x', to: 'instance' }), 'web.0', ['malformed-name']],
    [
      'a role in a shard',
      reference({ meaning: 'x', to: 'instance' }),
      'db.shard-2.leader',
      { block: 'db', role: 'shard-2.leader' },
    ],
    ['an operation', reference({ meaning: 'x', to: 'operation' }), 'album.read', { block: 'album', operation: 'read' }],
    ['a block and no operation', reference({ meaning: 'x', to: 'block' }), 'album.read', ['malformed-name']],
    [
      'a step with its only parameter',
      steps({ meaning: 'x', family }),
      [{ wait: '1ms' }],
      [{ name: 'wait', values: { time: 1 } }],
    ],
    [
      'a step with a mapping',
      steps({ meaning: 'x', family }),
      [{ wait: { time: '1ms' } }],
      [{ name: 'wait', values: { time: 1 } }],
    ],
    ['a step by name', steps({ meaning: 'x', family }), ['plain'], [{ name: 'plain', values: {} }]],
    ['two steps in one', steps({ meaning: 'x', family }), [{ wait: '1ms', plain: null }], ['conflicting-fields']],
    [
      'a field of a step given twice',
      steps({ meaning: 'x', family }),
      [{ wait: { time: '1ms' }, time: '3ms' }],
      ['conflicting-fields'],
    ],
    [
      'the main field of a step given twice',
      steps({ meaning: 'x', family }),
      [{ wait: '1ms', time: '3ms' }],
      ['conflicting-fields'],
    ],
    ['no step', steps({ meaning: 'x', family }), [{}], ['wrong-form']],
  ])('%s', (_name, param, notation, expected) => {
    expect(read(param, notation)).toEqual(expected)
  })
})

describe('distributions', () => {
  const time = distribution({ meaning: 'x', dimension: 'duration' })
  const bytes = distribution({ meaning: 'x', dimension: 'size' })
  it.each<[Param<unknown>, Notation, unknown]>([
    [time, '5ms', { name: 'constant', values: { value: 5 } }],
    [time, 'constant 5ms', { name: 'constant', values: { value: 5 } }],
    [time, 'exponential 10 ms', { name: 'exponential', values: { mean: 10 } }],
    [time, { p50: '2ms', p99: '9ms' }, { name: 'log-normal', values: { p50: 2, p99: 9 } }],
    [time, { distribution: 'exponential', mean: '1s' }, { name: 'exponential', values: { mean: 1000 } }],
    [bytes, { p50: '1KiB', p99: '1MiB' }, { name: 'log-normal', values: { p50: 1024, p99: 1048576 } }],
    [
      distribution({ meaning: 'x', dimension: 'count' }),
      'exponential 2.5',
      { name: 'exponential', values: { mean: 2.5 } },
    ],
    [time, '5KiB', ['wrong-dimension']],
    [bytes, { p50: '2ms', p99: '9ms' }, ['wrong-dimension', 'wrong-dimension']],
    [time, 'exponental 10ms', ['unknown-name']],
    [time, '-5ms', ['out-of-range']],
    [time, ['5ms'], ['wrong-form']],
  ])('%#: %j', (param, notation, expected) => {
    expect(read(param, notation)).toEqual(expected)
  })

  it('a parameter of a distribution may be uncertain', () => {
    expect(read(time, 'exponential 10ms \u00b1 10%')).toEqual({
      name: 'exponential',
      values: {
        mean: {
          uncertain: 'uniform',
          low: 9,
          high: 11,
          nominal: 10,
          whole: false,
          path: 'field.mean',
          text: '10ms ± 10%',
        },
      },
    })
  })
})

describe('either', () => {
  const several = either({
    meaning: 'x',
    of: [
      count({ meaning: 'so many', min: 1 }),
      word,
      list({ meaning: 'these', of: record({ meaning: 'one', fields: { wait } }) }),
    ],
  })
  it.each<[Notation, unknown]>([
    [8, 8],
    ['always', 'always'],
    [[{ wait: '1s' }], [{ wait: 1000 }]],
    ['alwys', ['unknown-name']],
    ['8ms', ['wrong-dimension']],
    [0, ['out-of-range']],
    [[{ wait: 1 }], ['missing-unit']],
    [{ wait: '1s' }, ['wrong-form']],
  ])('%j is one thing or one mistake', (notation, expected) => {
    expect(read(several, notation)).toEqual(expected)
  })

  it('quantities of different dimensions are distinguished', () => {
    const limit = either({ meaning: 'x', of: [count({ meaning: 'items' }), size({ meaning: 'bytes' })] })
    expect(read(limit, '10k')).toBe(10_000)
    expect(read(limit, '10kB')).toBe(10_000)
    expect(read(limit, '10MiB')).toBe(10 * 1024 * 1024)
  })
})

it('types follow from the parameters', () => {
  const params = {
    given: duration({ meaning: 'x' }),
    usual: count({ meaning: 'x', default: 5 }),
    perhaps: size({ meaning: 'x', optional: true }),
    word: choice({ meaning: 'x', words: ['a', 'b'], default: 'a' }),
    many: list({ meaning: 'x', of: share({ meaning: 'x' }) }),
    by: named({ meaning: 'x', names: 'x', of: record({ meaning: 'x', fields: { inner: wait } }) }),
    or: either({ meaning: 'x', of: [count({ meaning: 'x' }), choice({ meaning: 'x', words: ['unlimited'] })] }),
  }
  expectTypeOf<Values<typeof params>>().toEqualTypeOf<{
    readonly given: number
    readonly usual: number
    readonly perhaps: number | undefined
    readonly word: 'a' | 'b'
    readonly many: readonly number[]
    readonly by: Readonly<Record<string, { readonly inner: number }>>
    readonly or: number | 'unlimited'
  }>()
  expectTypeOf<Inputs<typeof params>['given']>().toEqualTypeOf<string>()
  expectTypeOf<Inputs<typeof params>['usual']>().toEqualTypeOf<string | number | undefined>()
  expectTypeOf<Inputs<typeof params>['word']>().toEqualTypeOf<'a' | 'b' | undefined>()
})

it('a default that its own parameter refuses is our mistake', () => {
  const { reading } = startReading(distributions)
  const wrong = record({ meaning: 'x', fields: { time: duration({ meaning: 'x', default: '5KiB' }) } })
  expect(() => wrong.read(nodeOf({}, place), reading)).toThrow(/the default of "field.time"/)
})

it('the schema explains a pattern in words, as Markdown if it has backticks', () => {
  const scope = startSchema(distributions)
  const schema = duration({ meaning: 'as in `timeout: 2s`', optional: true }).schema(scope)
  expect(schema.patternErrorMessage).toBe('write a duration such as `200ms`')
  expect(schema.markdownDescription).toBe('as in `timeout: 2s`')
})
