import type { Estimate } from '@loadpath/core'
import { expect, test } from 'vitest'
import {
  change,
  clock,
  count,
  estimate,
  inOneUnit,
  known,
  type Measured,
  money,
  outOf,
  quantity,
  range,
  withRange,
} from './number.ts'
import { tie } from './width.ts'

const interval = (point: number, low: number, high: number): Estimate => ({
  sufficient: true,
  point,
  low,
  high,
  confidence: 0.95,
  replications: 20,
})
const plain = (text: string) => text.replaceAll(tie, ' ')

test.each<[number, Measured, string]>([
  [18.335, 'duration', '18.3 ms'],
  [0.5, 'duration', '500 µs'],
  [0.00002, 'duration', '20.0 ns'],
  [999.6, 'duration', '1.00 s'],
  [0, 'duration', '0 ms'],
  [90_000, 'duration', '90.0 s'],
  [180_000, 'duration', '3.00 min'],
  [Infinity, 'duration', 'unanswered'],
  [-Infinity, 'duration', 'no lower bound'],
  [2560, 'rate', '2,560/s'],
  [0.05, 'rate', '3.00/min'],
  [0.9995, 'share', '99.95 %'],
  [0.999, 'share', '99.9 %'],
  [0.5, 'share', '50.0 %'],
  [1, 'share', '100 %'],
  [0.00125, 'share', '0.125 %'],
  [0.19, 'price', '$0.190/h'],
  [1.28, 'factor', '1.28'],
  [12_345, 'factor', '12,345'],
])('%d as a %s is %s', (value, measured, text) => {
  expect(plain(quantity(value, measured))).toBe(text)
})

test.each<[Estimate, Measured, string]>([
  [interval(18.335, 18.135, 18.535), 'duration', '18.3 ms ± 0.2'],
  [interval(18.335, 18.325, 18.345), 'duration', '18.34 ms ± 0.01'],
  [interval(80.9, 79.8, 82.5), 'duration', '80.9 ms ± 1.4'],
  [interval(80.9, 80.2, 84.5), 'duration', '81 ms (80–85)'],
  [interval(2560, 2557, 2563), 'rate', '2,560/s ± 3'],
  [interval(0, 0, 0.00025), 'share', '0 % (below 0.025 %)'],
  [interval(1, 0.9997, 1), 'share', '100 % (above 99.97 %)'],
  [interval(0.9995, 0.9994, 0.9996), 'share', '99.95 % ± 0.01'],
  [interval(0.781, 0.777, 0.785), 'share', '78.1 % ± 0.4'],
  [interval(Infinity, 1900, Infinity), 'duration', 'unanswered (above 1.90 s)'],
  [interval(900, 800, Infinity), 'duration', '900 ms (800 ms or more)'],
  [interval(5, 5, 5), 'factor', '5.00'],
  [
    { sufficient: false, reason: '7 of 10 replications', replications: 7 },
    'share',
    'insufficient data: 7 of 10 replications',
  ],
])('an estimate carries its interval', (value, measured, text) => {
  expect(plain(estimate(value, measured))).toBe(text)
})

test('an interval is never printed as if it had no width', () => {
  expect(plain(estimate(interval(100, 99.99999, 100.00001), 'duration'))).toBe('100.0 ms ± 0.1')
  expect(plain(estimate(interval(100, 99.99999, 100.00004), 'duration'))).toBe('100.0 ms ± 0.1')
})

test('bounds that differ by rounding only print no interval', () => {
  expect(plain(estimate(interval(1.02, 1.02 - 4e-12, 1.02), 'duration'))).toBe('1.02 ms')
})

test('ranges name their unit once', () => {
  expect(plain(range(79.8, 82.3, 'duration'))).toBe('79.8–82.3 ms')
  expect(plain(range(80, 485, 'duration'))).toBe('80–485 ms')
  expect(plain(range(20_000, 25_000, 'duration'))).toBe('20–25 s')
  expect(plain(range(80, Infinity, 'duration'))).toBe('80.0 ms or more')
  expect(plain(range(Infinity, Infinity, 'duration'))).toBe('unanswered')
  expect(plain(withRange(interval(80.9, 79.8, 82.5), 'duration'))).toBe('80.9 ms (79.8–82.5)')
  // An end that too little was seen for, which is not one without an answer.
  expect(plain(withRange(interval(24.1, 18.9, Infinity), 'duration'))).toBe('24.1 ms (18.9 ms or more)')
})

test('ranges do not round their lower end away', () => {
  expect(plain(range(320, 6000, 'duration'))).toBe('0.32–6 s')
  expect(plain(range(1.5, 6000, 'duration'))).toBe('1.50 ms to 6.00 s')
  expect(plain(range(0, 6000, 'duration'))).toBe('0–6 s')
  expect(plain(withRange(interval(2000, 320, 6000), 'duration'))).toBe('2 s (0.32–6)')
})

test('changes carry their sign', () => {
  expect(plain(change(interval(-3.54, -3.68, -3.4), 'duration'))).toBe('-3.54 ms ± 0.14')
  expect(plain(change(interval(0.012, 0.009, 0.015), 'share'))).toBe('+1.2 points ± 0.3')
  expect(plain(change(interval(1.52, 1.52, 1.52), 'price'))).toBe('+$1.52/h')
  expect(plain(change(interval(-1.52, -1.52, -1.52), 'price'))).toBe('-$1.52/h')
})

test('a share of zero has the upper bound 3/n', () => {
  expect(plain(outOf(0, 12_000))).toBe('0 of 12,000 (below 0.025 %)')
  expect(plain(outOf(15, 12_000))).toBe('15 of 12,000 (0.125 %)')
  expect(outOf(0, 0)).toBe('0 of 0')
})

test('money, counts, clocks and known lengths', () => {
  expect([0, 1109.6, 1.52, 0.165, 0.05, -3].map(money)).toEqual(['$0', '$1,110', '$1.52', '$0.165', '$0.05', '$-3.00'])
  expect([0, 999, 1_234_567].map(count)).toEqual(['0', '999', '1,234,567'])
  expect([300, 3200, 120_000, 125_000, 3_900_000].map((ms) => plain(clock(ms)))).toEqual([
    '1 s',
    '3 s',
    '2 min',
    '2 min 5 s',
    '1 h 5 min',
  ])
  expect([60_000, 1500, 14_100].map((ms) => plain(known(ms, 'duration')))).toEqual(['60 s', '1.5 s', '14.1 s'])
})

test('times below half a nanosecond are rounding, and print as zero', () => {
  const dust = { sufficient: true, point: 2e-15, low: 1e-15, high: 4e-15, confidence: 0.95, replications: 20 } as const
  const zero = quantity(0, 'duration')
  expect(estimate(dust, 'duration')).toBe(zero)
  expect(withRange(dust, 'duration')).toBe(zero)
  expect(change(dust, 'duration')).toBe(zero)
  expect(range(1e-15, 4e-15, 'duration')).toBe(zero)
  expect(estimate({ ...dust, high: 0.002 }, 'duration').replaceAll(tie, ' ')).toBe('0.000 ms (0.000–0.002)')
  expect(estimate({ ...dust, point: 5, low: 2e-15, high: 10 }, 'duration').replaceAll(tie, ' ')).toBe('5 ms ± 5')
})

test('an interval wider than the number is written with its ends', () => {
  expect(plain(estimate(interval(0.206, 0, 0.426), 'duration'))).toBe('206 µs (0–426)')
})

test.each<[readonly number[], readonly string[]]>([
  [
    [996, 1020],
    ['0.996 s', '1.02 s'],
  ],
  [
    [19.9, 1600],
    ['19.9 ms', '1,600 ms'],
  ],
  [
    [0.049, 0.473, 64.5],
    ['0.0490 ms', '0.473 ms', '64.5 ms'],
  ],
  [
    [59_000, 150_000],
    ['59.0 s', '150 s'],
  ],
  [
    [0.057, 5.3],
    ['0.0570 ms', '5.30 ms'],
  ],
  [
    [0.08, 1200],
    ['0.0800 ms', '1,200 ms'],
  ],
  [
    [90 * 60_000, 3 * 3_600_000],
    ['1.50 h', '3.00 h'],
  ],
  [
    [0, 0.5, 1.5],
    ['0 ms', '0.500 ms', '1.50 ms'],
  ],
  [
    [500, Infinity],
    ['500 ms', 'unanswered'],
  ],
  // A microsecond beside ten seconds: nobody compares their digits.
  [
    [0.001, 10_000],
    ['1.00 µs', '10.0 s'],
  ],
])('durations that are compared are in one unit, with three digits: %j', (values, texts) => {
  const unit = inOneUnit(values)
  expect(values.map((value) => plain(quantity(value, unit)))).toEqual(texts)
})

test('an estimate keeps the digits of its interval in the unit of its column', () => {
  const column = [interval(996, 992, 1000), interval(1020, 1000, 1060)]
  const unit = inOneUnit(column)
  expect(column.map((value) => plain(estimate(value, unit)))).toEqual(['0.996 s ± 0.004', '1.02 s (1.00–1.06)'])
  const bounded: Estimate = { sufficient: false, reason: 'no answer yet', replications: 20, atLeast: 950 }
  expect(inOneUnit([bounded, interval(1200, 1100, 1300)])).toBe('duration in s')
})
