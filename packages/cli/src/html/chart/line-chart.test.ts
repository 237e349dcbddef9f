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
    xLabels: () => String,
    yLabels: () => String,
    xTitle: 'time',
    yTitle: 'response',
    ...more,
  })
  return html`${content}`.text
}

const point = (x: number, y: number | null) => ({ x, y })

test('unanswered points have a place of their own, and no line joins them to answered points', () => {
  const text = drawn([{ name: 'a', hue: 1, points: [point(0, 5), point(5, 10), point(10, Infinity)] }])
  expect(text).toContain('>unanswered<')
  const [answered, never] = [...text.matchAll(/class="line hue-1[^"]*" d="([^"]*)"/g)].map(([, path = '']) => path)
  expect([answered?.match(/L/g)?.length, never?.match(/L/g)?.length ?? 0]).toEqual([1, 0])
  expect(text).not.toContain('climb')
  expect(text).not.toMatch(/NaN|Infinity/)
})

test('a chart without unanswered points has no place for them', () => {
  expect(drawn([{ name: 'a', hue: 1, points: [point(0, 5), point(10, 10)] }])).not.toContain('unanswered')
})

test('a missing point leaves a gap, and a point without neighbours is a dot', () => {
  const text = drawn([{ name: 'a', hue: 1, points: [point(0, 5), point(2, 6), point(4, null), point(6, 7)] }])
  expect(text.match(/class="line hue-1" d="([^"]+)"/)?.[1]?.match(/M/g)).toHaveLength(2)
  expect(text.match(/<circle/g)).toHaveLength(1)
})

test.each([
  ['no points', []],
  ['only gaps', [point(0, null), point(1, null)]],
  ['only zeros', [point(0, 0), point(1, 0)]],
  ['only unanswered points', [point(0, Infinity), point(1, Infinity)]],
])('%s can be drawn', (_, points) => {
  expect(drawn([{ name: 'a', hue: 1, points }])).not.toMatch(/NaN|undefined/)
})

test('a band covers only points with both ends', () => {
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

test('labels of events do not overlap', () => {
  const events = [
    { atMs: 5, label: 'web down' },
    { atMs: 5.1, label: 'web back' },
  ]
  const text = drawn([{ name: 'a', hue: 1, points: [point(0, 5), point(10, 7)] }], { events })
  const heights = [...text.matchAll(/<text x="[\d.]+" y="(\d+)"[^>]*>web (?:down|back)</g)].map(([, y]) => y)
  expect(heights).toHaveLength(2)
  expect(new Set(heights).size).toBe(2)
})

test('no line of an event crosses the label of another event', () => {
  const events = [0, 0.4, 2, 2.1, 9, 9.9].map((atMs, i) => ({ atMs, label: `event ${i} of web` }))
  const text = drawn([{ name: 'a', hue: 1, points: [point(0, 5), point(10, 7)] }], { events })
  const lines = [...text.matchAll(/<line x1="([\d.]+)" x2="[\d.]+" y1="([\d.]+)" y2="[\d.]+"\/>/g)].map((found) => ({
    x: Number(found[1]),
    from: Number(found[2]),
  }))
  const labels = [...text.matchAll(/<text x="([\d.]+)" y="(\d+)" dy="0.32em" text-anchor="(\w+)">(event [^<]+)</g)].map(
    ([, x, y, anchor, label = '']) => {
      const from = Number(x) - (anchor === 'end' ? label.length * 7 : 0)
      return { x: from, y: Number(y), to: from + label.length * 7 }
    },
  )
  expect([lines.length, labels.length]).toEqual([6, 6])
  const crossed = labels.filter(({ x, y, to }) => lines.some((line) => line.x > x && line.x < to && line.from < y - 7))
  expect(crossed).toEqual([])
})

test('a backdrop is an area behind the lines', () => {
  const text = drawn([{ name: 'a', hue: 1, points: [point(0, 5), point(10, 7)] }], {
    backdrops: [{ hue: 'faint', points: [point(0, 100), point(10, 50)] }],
    backdropTitle: 'grey: offered load',
  })
  expect(text.indexOf('class="load hue-faint"')).toBeLessThan(text.indexOf('class="line hue-1"'))
  expect(text).toContain('grey: offered load')
})
