import { expect, test } from 'vitest'
import { html } from '../markup.ts'
import { type Line, type LineChart, lineChart } from './line-chart.ts'
import { between, logarithmic } from './scales.ts'

function drawn(lines: readonly Line[], more: Partial<LineChart> = {}): string {
  const { content } = lineChart({
    width: 900,
    height: 200,
    lines,
    x: (range) => between(0, 10, range),
    y: logarithmic,
    xLabel: String,
    yLabel: String,
    xTitle: 'time',
    yTitle: 'response',
    ...more,
  })
  return html`${content}`.text
}

const point = (x: number, y: number | null) => ({ x, y })

test('what was not answered has a place of its own, reached by a line that is not one of values', () => {
  const text = drawn([{ name: 'a', hue: 1, points: [point(0, 5), point(5, 10), point(10, Infinity)] }])
  expect(text).toContain('not answered')
  expect(text).toMatch(/class="line hue-1 climb" d="M[^"]+L[^"]+"/)
  expect(text).not.toMatch(/NaN|Infinity/)
})

test('where everything was answered there is no such place', () => {
  expect(drawn([{ name: 'a', hue: 1, points: [point(0, 5), point(10, 10)] }])).not.toContain('not answered')
})

test('a gap is a gap, and a point alone is a dot', () => {
  const text = drawn([{ name: 'a', hue: 1, points: [point(0, 5), point(2, 6), point(4, null), point(6, 7)] }])
  expect(text.match(/class="line hue-1" d="([^"]+)"/)?.[1]?.match(/M/g)).toHaveLength(2)
  expect(text.match(/<circle/g)).toHaveLength(1)
})

test.each([
  ['no points', []],
  ['nothing but gaps', [point(0, null), point(1, null)]],
  ['nothing but zero', [point(0, 0), point(1, 0)]],
  ['nothing answered', [point(0, Infinity), point(1, Infinity)]],
])('%s can be drawn', (_, points) => {
  expect(drawn([{ name: 'a', hue: 1, points }])).not.toMatch(/NaN|undefined/)
})

test('a band stands only where both its ends are known', () => {
  const line: Line = {
    name: 'a',
    hue: 1,
    points: [point(0, 5), point(5, 6), point(10, 7)],
    low: [4, null, 6],
    high: [6, 7, 8],
  }
  expect(
    drawn([line])
      .match(/class="band hue-1" d="([^"]+)"/)?.[1]
      ?.match(/M/g),
  ).toHaveLength(2)
})

test('events are marked and named, and their names do not cover each other', () => {
  const events = [
    { atMs: 5, label: 'web down' },
    { atMs: 5.1, label: 'web back' },
  ]
  const text = drawn([{ name: 'a', hue: 1, points: [point(0, 5), point(10, 7)] }], { events })
  const heights = [...text.matchAll(/<text x="[\d.]+" y="(\d+)"[^>]*>web (?:down|back)</g)].map(([, y]) => y)
  expect(heights).toHaveLength(2)
  expect(new Set(heights).size).toBe(2)
})
