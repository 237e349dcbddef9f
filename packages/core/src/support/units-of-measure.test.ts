import { describe, expect, it } from 'vitest'
import {
  type Dimension,
  dimensions,
  looksLikeQuantity,
  parseQuantity,
  printQuantity,
  quantityPatternSource,
} from './units.ts'

const kibi = 1024
const bytes: readonly [string, number][] = [
  ['B', 1],
  ['kB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
  ['PB', 1e15],
  ['KiB', kibi],
  ['MiB', kibi ** 2],
  ['GiB', kibi ** 3],
  ['TiB', kibi ** 4],
  ['PiB', kibi ** 5],
]
const times: readonly [string, number][] = [
  ['', 1],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
]

/** What is said of each dimension, and what one of each unit of it is worth, from the SI brochure and IEC 80000-13. */
const facts: Readonly<
  Record<Dimension, readonly [article: string, example: string, units: readonly [string, number][]]>
> = {
  duration: [
    'a duration',
    '200ms',
    [
      ['ns', 1e-6],
      ['us', 1e-3],
      ['\u00b5s', 1e-3],
      ['ms', 1],
      ['s', 1e3],
      ['m', 6e4],
      ['min', 6e4],
      ['h', 36e5],
      ['d', 864e5],
    ],
  ],
  size: ['a size', '800KiB', bytes],
  bandwidth: [
    'a bandwidth',
    '100Mbit/s',
    [
      ...bytes.map(([name, worth]): [string, number] => [`${name}/s`, worth]),
      ...times.map(([name, worth]): [string, number] => [`${name}bit/s`, worth / 8]),
    ],
  ],
  rate: [
    'a rate',
    '2000/s',
    (
      [
        ['s', 1],
        ['min', 60],
        ['h', 3600],
        ['d', 86_400],
      ] as const
    ).flatMap(([period, seconds]) =>
      times.map(([name, worth]): [string, number] => [`${name}/${period}`, worth / seconds]),
    ),
  ],
  cycles: ['a number of cycles', '3M cycles', times.map(([name, worth]): [string, number] => [`${name}cycles`, worth])],
  frequency: ['a frequency', '3GHz', times.map(([name, worth]): [string, number] => [`${name}Hz`, worth])],
  share: ['a share', '20%', [['%', 0.01]]],
  price: [
    'a price',
    '$0.19/h',
    [
      ['$/h', 1],
      ['$/month', 1 / 730],
    ],
  ],
  'traffic-price': [
    'a price of traffic',
    '$0.09/GB',
    bytes.map(([name, worth]): [string, number] => [`$/${name}`, 1 / worth]),
  ],
  count: ['a count', '5k', times.map(([name, worth]): [string, number] => [name, worth])],
  factor: ['a bare number', '1.5', [['', 1]]],
}
const bases: Readonly<Record<Dimension, string>> = {
  duration: '0ms',
  size: '0B',
  bandwidth: '0B/s',
  cycles: '0 cycles',
  frequency: '0Hz',
  rate: '0/s',
  share: '0%',
  price: '$0/h',
  'traffic-price': '$0/B',
  count: '0',
  factor: '0',
}

describe.each(Object.entries(facts))('%s', (name, [article, example, units]) => {
  const dimension = name as Dimension

  it('a dimension has a name and a valid example', () => {
    const said = dimensions[dimension]
    expect([said.dimension, said.article, said.example]).toEqual([dimension, article, example])
    expect(parseQuantity(example, dimension)).toHaveProperty('value')
  })

  it('has these units and no others', () => {
    expect(dimensions[dimension].units.map((unit) => unit.name).sort()).toEqual(units.map(([unit]) => unit).sort())
  })

  it.each(units)('one %s is worth so many of its base', (unit, worth) => {
    const one = unit.startsWith('$') ? `$1${unit.slice(1)}` : `1${unit}`
    const read = parseQuantity(one, dimension)
    expect('value' in read ? read.value / worth : read).toBeCloseTo(1, 12)
  })

  it('is nothing in its base unit', () => expect(printQuantity(0, dimension)).toBe(bases[dimension]))
})

describe('words of other tongues', () => {
  const meant: readonly [words: string, dimension: Dimension, unit: string][] = [
    ['sec secs second seconds', 'duration', '`s`'],
    ['msec msecs millis millisecond milliseconds', 'duration', '`ms`'],
    ['usec micros microsecond microseconds', 'duration', '`us`'],
    ['nsec nanos nanosecond nanoseconds', 'duration', '`ns`'],
    ['mins minute minutes', 'duration', '`min`'],
    ['hr hrs hour hours', 'duration', '`h`'],
    ['day days', 'duration', '`d`'],
    ['KB kb Kb K kib KIB', 'size', '`kB` (1000 bytes), `KiB` (1024 bytes) or `k`'],
    ['Mb mb', 'size', '`MB` (bytes) or `Mbit/s` (bits)'],
    ['Gb gb', 'size', '`GB` (bytes) or `Gbit/s` (bits)'],
    ['bytes byte', 'size', '`B`'],
    ['rps qps tps req/s reqs/s requests/s ops/s ops /sec', 'rate', '`/s`'],
    ['krps kqps', 'rate', '`k/s`'],
    ['rpm', 'rate', '`/min`'],
    ['kbps', 'bandwidth', '`kbit/s`'],
    ['Mbps', 'bandwidth', '`Mbit/s`'],
    ['Gbps', 'bandwidth', '`Gbit/s`'],
    ['MBps', 'bandwidth', '`MB/s`'],
    ['percent', 'share', '`%`'],
  ]
  const each = meant.flatMap(([words, dimension, unit]) =>
    words.split(' ').map((word) => [word, dimension, unit] as const),
  )
  it.each(each)('%s leads to the %s that is meant, %s', (word, dimension, unit) => {
    const found = `\`5 ${word}\``
    expect(parseQuantity(`5 ${word}`, dimension)).toEqual({
      code: 'unknown-unit',
      found,
      hint: / /.test(unit) ? `did you mean ${unit}?` : `write \`5${unit.slice(1)}`,
    })
  })

  it('a common unit of another dimension is not offered', () => {
    expect(parseQuantity('5kb', 'duration')).toEqual({ code: 'unknown-unit', found: '`5kb`' })
  })

  it.each([
    ['5-10ms', '5ms..10ms'],
    ['5ms - 10ms', '5ms..10ms'],
    ['100 per second', '100/s'],
    ['100/day', '100/d'],
  ])('%s leads to %s', (text, right) => {
    expect(parseQuantity(text, text.startsWith('5') ? 'duration' : 'rate')).toMatchObject({
      hint: expect.stringContaining(`\`${right}\``),
    })
  })

  it.each([
    ['$5/hour', '`$…/h`'],
    ['$5/mo', '`$…/month`'],
  ])('%s leads to the price that is meant', (text, unit) => {
    expect(parseQuantity(text, 'price')).toEqual({
      code: 'unknown-unit',
      found: `\`${text}\``,
      hint: `did you mean ${unit}?`,
    })
  })
})

describe('what is said of what is wrong', () => {
  it('names the kind that was found', () => {
    expect(parseQuantity('5ms', 'size')).toEqual({ code: 'wrong-dimension', found: 'a duration, `5ms`' })
  })

  it('shows 60 characters of a long text, all of one of 60, and reads none of more than 100', () => {
    const found = (text: string) => (parseQuantity(text, 'count') as { found: string }).found
    expect(found('x'.repeat(60))).toBe(`\`${'x'.repeat(60)}\``)
    expect(found('x'.repeat(61))).toBe(`\`${'x'.repeat(60)}…\``)
    expect(parseQuantity(`1${'0'.repeat(20)}${' '.repeat(79)}`, 'count')).toEqual({ value: 1e20 })
    expect(parseQuantity(`1,${'0'.repeat(98)}`, 'count')).toHaveProperty('hint')
    expect(parseQuantity(`1,${'0'.repeat(99)}`, 'count')).not.toHaveProperty('hint')
  })

  it.each([
    ['-12,5', 'write a decimal point and no thousands separator'],
    ['1.5,5', 'write a decimal point and no thousands separator'],
    ['$1,000/h', 'write a decimal point and no thousands separator'],
    ['19$/h', 'write the dollar sign first: `$0.19/h`'],
    ['0.19 $ /h', 'write the dollar sign first: `$0.19/h`'],
    ['x1,5', undefined],
    ['1,x', undefined],
    ['x.5', undefined],
    ['x 5 $', undefined],
  ])('%s: %s', (text, hint) => {
    const result = parseQuantity(text, 'price')
    expect([(result as { code: string }).code, (result as { hint?: string }).hint]).toEqual([
      'malformed-quantity',
      hint,
    ])
  })

  it('bounds what a number can be, and lets nothing be nothing', () => {
    expect(parseQuantity('1e21', 'factor')).toEqual({ value: 1e21 })
    expect(parseQuantity('-1e21', 'factor')).toEqual({ value: -1e21 })
    expect(parseQuantity('1.1e21', 'factor')).toHaveProperty('code', 'out-of-range')
    expect(parseQuantity('1e-21', 'factor')).toEqual({ value: 1e-21 })
    expect(parseQuantity('0.9e-21', 'factor')).toHaveProperty('code', 'out-of-range')
    expect(parseQuantity('0.00', 'factor')).toEqual({ value: 0 })
    expect(parseQuantity('-0', 'factor')).toEqual({ value: 0 })
    expect(parseQuantity(' \t5 ms ', 'duration')).toEqual({ value: 5 })
    expect(parseQuantity('5 Mbit / s', 'bandwidth')).toEqual({ value: 625_000 })
  })
})

describe('writing', () => {
  it.each([
    [60_000, 'duration', '60s'],
    [120_000, 'duration', '2min'],
    [0.001, 'duration', '1us'],
    [-0.19, 'price', '-$0.19/h'],
    [0.5, 'count', '0.5'],
    [1e-7, 'factor', '1e-7'],
    [1500, 'duration', '1.5s'],
    [1 / 3, 'factor', '0.3333333333333333'],
    [Number.MAX_VALUE, 'factor', '1.7976931348623157e+308'],
  ] as const)('writes %s of %s as %s', (value, dimension, text) => expect(printQuantity(value, dimension)).toBe(text))

  it.each([
    ['5', true],
    ['-5ms', true],
    ['+.5', true],
    ['$5/h', true],
    ['-$ .5', true],
    ['  7', true],
    ['exponential 5ms', false],
    ['x5', false],
    ['.x', false],
    ['', false],
    ['$x', false],
  ])('%s looks like a quantity: %s', (text, looks) => expect(looksLikeQuantity(text)).toBe(looks))

  it.each([
    ['duration', '5 ms', '5'],
    ['count', '5', '5ms'],
    ['price', '$ 5/h', '5/h'],
    ['price', '-$5/month', '$5'],
    ['bandwidth', '5bit/s', '5bitXs'],
    ['factor', '-1.5e-3', 'x'],
  ] as const)('the pattern of a %s fits %s and not %s', (dimension, fits, not) => {
    const pattern = new RegExp(`^${quantityPatternSource(dimension)}$`)
    expect([pattern.test(fits), pattern.test(not)]).toEqual([true, false])
  })
})
