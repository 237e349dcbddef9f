import { expect, test } from 'vitest'
import { overTime } from './scales.ts'
import { durationLabels, sizeLabels } from './units.ts'

const plain = (text: string) => text.replace(/\s/g, ' ')

test.each([
  ['microseconds to milliseconds', [0.01, 0.1, 1, 10, 100], ['0.01 ms', '0.1 ms', '1 ms', '10 ms', '100 ms']],
  ['milliseconds to seconds', [100, 200, 500, 1000, 2000, 5000], ['0.1 s', '0.2 s', '0.5 s', '1 s', '2 s', '5 s']],
  ['a zero', [0, 500, 1000], ['0', '0.5 s', '1 s']],
  ['hours', [0, 21_600_000, 43_200_000], ['0', '6 h', '12 h']],
])('durations on one scale share one unit: %s', (_, ticks, labels) => {
  expect(ticks.map(durationLabels(ticks)).map(plain)).toEqual(labels)
})

test('sizes on one scale share one unit', () => {
  const ticks = [2 ** 20, 2 ** 24, 2 ** 30]
  expect(ticks.map(sizeLabels(ticks)).map(plain)).toEqual(['1 MiB', '16 MiB', '1,024 MiB'])
})

test.each([
  ['three minutes', 180_000, ['0', '30 s', '60 s', '90 s', '120 s', '150 s', '180 s']],
  ['a day', 86_400_000, ['0', '3 h', '6 h', '9 h', '12 h', '15 h', '18 h', '21 h', '24 h']],
  ['a second', 1000, ['0', '0.2 s', '0.4 s', '0.6 s', '0.8 s', '1 s']],
])('a time axis has round ticks: %s', (_, endMs, labels) => {
  const { ticks } = overTime(0, endMs, [0, 800], 8)
  expect(ticks.map(durationLabels(ticks)).map(plain)).toEqual(labels)
})
