import { expect, test } from 'vitest'
import { between } from '../print/sample-answer.ts'
import { dotPlot } from './dot-plot.ts'

const never = {
  sufficient: true,
  point: Infinity,
  low: 90,
  high: Infinity,
  confidence: 0.95,
  replications: 20,
} as const

test('every number is a row with its interval, and a bound is a stroke in it', () => {
  const svg = dotPlot('a <shop>', [
    {
      measured: 'duration',
      dots: [
        { label: 'slow.p99', estimate: between(180, 200, 220), bounds: [150] },
        { label: 'p99', estimate: between(90, 100, 110), bounds: [] },
        { label: 'drowned.p99', estimate: never, bounds: [] },
        { label: 'rare.p99', estimate: { sufficient: false, reason: '3 of 10', replications: 3 }, bounds: [] },
      ],
    },
  ])
  expect(svg.match(/<circle/g)).toHaveLength(2)
  expect(svg.match(/class="bound" x1/g)).toHaveLength(1)
  expect(svg.match(/<path/g)).toHaveLength(1)
  expect(svg).toContain('a &#60;shop&#62;')
  expect(svg).toContain('>not enough observations<')
  const at = [...svg.matchAll(/<circle class="mark" cx="([\d.]+)"/g)].map((found) => Number(found[1]))
  const [slow = 0, usual = 0] = at
  const stroke = Number(/class="bound" x1="([\d.]+)"/.exec(svg)?.[1])
  expect(stroke).toBeCloseTo((slow + usual) / 2, 0)
})

test('numbers far apart stand on a logarithmic axis', () => {
  const dots = [1, 10, 100].map((point) => ({
    label: String(point),
    estimate: between(point, point, point),
    bounds: [],
  }))
  const svg = dotPlot('far apart', [{ measured: 'duration', dots }])
  const [a = 0, b = 0, c = 0] = [...svg.matchAll(/cx="([\d.]+)"/g)].map((found) => Number(found[1]))
  expect(c - b).toBeCloseTo(b - a, 0)
})
