import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Dimension, dimensions, parseQuantity, printQuantity, quantityPatternSource } from './units.ts'

const all = Object.keys(dimensions) as Dimension[]

describe('parseQuantity', () => {
  const table: readonly [string, Dimension, number][] = [
    ['5ns', 'duration', 5e-6],
    ['5us', 'duration', 5e-3],
    ['5\u00b5s', 'duration', 5e-3],
    ['5\u03bcs', 'duration', 5e-3],
    ['0.07s', 'duration', 70],
    ['1m', 'duration', 60_000],
    ['1min', 'duration', 60_000],
    ['1.5h', 'duration', 5_400_000],
    ['2d', 'duration', 172_800_000],
    ['5 GiB', 'size', 5 * 1024 ** 3],
    ['1MB', 'size', 1_000_000],
    ['1MiB', 'size', 1_048_576],
    ['800KiB', 'size', 819_200],
    ['100Mbit/s', 'bandwidth', 12_500_000],
    ['1GiB/s', 'bandwidth', 1024 ** 3],
    ['2000/s', 'rate', 2000],
    ['2k/s', 'rate', 2000],
    ['1.2k / min', 'rate', 20],
    ['20%', 'share', 0.2],
    ['99.9%', 'share', 0.999],
    ['$0.19/h', 'price', 0.19],
    ['$730/month', 'price', 1],
    ['$0.09/GB', 'traffic-price', 9e-11],
    ['5M', 'count', 5_000_000],
    ['1.5k', 'count', 1500],
    ['0.9', 'factor', 0.9],
    ['1e3', 'factor', 1000],
    ['-3', 'factor', -3],
    ['0ms', 'duration', 0],
  ]
  it.each(table)('reads %s as a %s', (text, dimension, value) => {
    expect(parseQuantity(text, dimension)).toEqual({ value })
  })

  const faults: readonly [string, Dimension, string, string?][] = [
    ['5', 'duration', 'missing-unit', 'add the unit: `5s` or `5ms`'],
    ['0.2', 'share', 'missing-unit', 'add the unit: `0.2%`'],
    ['$5', 'price', 'unknown-unit'],
    ['5ms', 'size', 'wrong-dimension'],
    ['5m', 'count', 'wrong-dimension', '`m` is a minute; millions are written `M`'],
    ['5M', 'duration', 'wrong-dimension'],
    ['5KB', 'size', 'unknown-unit', 'did you mean `kB` (1000 bytes), `KiB` (1024 bytes) or `k`?'],
    ['5Mb', 'size', 'unknown-unit', 'did you mean `MB` (bytes) or `Mbit/s` (bits)?'],
    ['5gib', 'size', 'unknown-unit', 'write `5GiB`'],
    ['200 rps', 'rate', 'unknown-unit', 'write `200/s`'],
    ['5 seconds', 'duration', 'unknown-unit', 'write `5s`'],
    ['1,5s', 'duration', 'malformed-quantity', 'write a decimal point and no thousands separator'],
    ['.5s', 'duration', 'malformed-quantity', 'write a digit before the point: `0.5s`'],
    ['0.19 $/h', 'price', 'malformed-quantity', 'write the dollar sign first: `$0.19/h`'],
    ['NaN', 'factor', 'malformed-quantity'],
    ['Infinity', 'factor', 'malformed-quantity'],
    ['.inf', 'factor', 'malformed-quantity'],
    ['0x10', 'count', 'unknown-unit'],
    ['', 'factor', 'malformed-quantity'],
    ['1.2.3s', 'duration', 'malformed-quantity'],
    ['1e308/s', 'rate', 'out-of-range', 'write a number between 1e-21 and 1e21 in the base unit'],
    ['1e9999/s', 'rate', 'out-of-range', 'write a number between 1e-21 and 1e21 in the base unit'],
    ['1e-400ms', 'duration', 'out-of-range', 'write a number between 1e-21 and 1e21 in the base unit'],
    ['9'.repeat(101), 'count', 'malformed-quantity'],
  ]
  it.each(faults)('refuses %s as a %s: %s', (text, dimension, code, hint) => {
    const result = parseQuantity(text, dimension)
    expect(result).toMatchObject({ code })
    expect('hint' in result ? result.hint : undefined).toBe(hint)
  })

  it('parsing takes bounded time for any text', () => {
    for (const text of [' '.repeat(1e6), '1'.repeat(1e6), `1${' '.repeat(1e6)}x`]) {
      expect(parseQuantity(text, 'duration')).toHaveProperty('code')
    }
  })
})

describe('printQuantity', () => {
  it.each([
    [200, 'duration', '200ms'],
    [90_000, 'duration', '90s'],
    [3_600_000, 'duration', '1h'],
    [819_200, 'size', '800KiB'],
    [1000, 'size', '1kB'],
    [0.2, 'share', '20%'],
    [0.19, 'price', '$0.19/h'],
    [9e-11, 'traffic-price', '$90/TB'],
    [5_000_000, 'count', '5M'],
    [2000, 'rate', '2k/s'],
    [0, 'duration', '0ms'],
    [0, 'share', '0%'],
  ] as const)('writes %s of %s as %s', (value, dimension, text) => {
    expect(printQuantity(value, dimension)).toBe(text)
  })

  it('is read back to the last bit', () => {
    const values = fc.oneof(fc.double({ min: 1e-20, max: 1e20, noNaN: true }), fc.nat())
    fc.assert(
      fc.property(fc.constantFrom(...all), values, (dimension, value) => {
        expect(parseQuantity(printQuantity(value, dimension), dimension)).toEqual({ value })
      }),
      { numRuns: 2000 },
    )
  })

  it('is matched by the pattern for editors', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.double({ min: 1e-20, max: 1e20, noNaN: true }), (dimension, value) => {
        expect(printQuantity(value, dimension)).toMatch(new RegExp(`^${quantityPatternSource(dimension)}$`))
      }),
    )
  })

  it('undoes what was read, up to spelling', () => {
    const texts = fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 99 }))
    fc.assert(
      fc.property(fc.constantFrom(...all), texts, fc.nat(), (dimension, [whole, part], index) => {
        const { units } = dimensions[dimension]
        const { name = '' } = units[index % units.length] ?? {}
        const text = name.startsWith('$') ? `$${whole}.${part}${name.slice(1)}` : `${whole}.${part}${name}`
        const result = parseQuantity(text, dimension)
        const value = 'value' in result ? result.value : Number.NaN
        expect(parseQuantity(printQuantity(value, dimension), dimension)).toEqual({ value })
      }),
    )
  })
})
