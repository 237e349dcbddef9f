import type { Answer, CurveAnswer, OverTimeAnswer } from '@loadpath/core'
import { expect, test } from 'vitest'
import { sampleAnswer } from '../print/sample-answer.ts'
import { comparisonOverTime } from './comparison-over-time.ts'

const place = { level: 2, prefix: '' } as const
const curve = (...point: (number | null)[]): CurveAnswer => ({ point, low: point, high: point })

function answerOf(offered: CurveAnswer, availability = curve(1, 1, 1), p99 = curve(10, 20, 10)): Answer {
  const overTime: OverTimeAnswer = {
    replications: 20,
    edgesMs: [0, 1000, 2000, 3000],
    events: [],
    requests: [
      {
        name: 'all',
        offeredPerSecond: offered,
        throughputPerSecond: curve(90, 180, 90),
        availability,
        mean: curve(5, 6, 5),
        percentiles: [{ percentile: 99, curve: p99 }],
      },
    ],
    blocks: [],
  }
  return { ...sampleAnswer, pictures: { distributions: [], calls: [], overTime } }
}

function drawn(...answers: readonly Answer[]): string {
  return comparisonOverTime(
    answers.map((answer, i) => ({ name: `design ${i + 1}`, answer })),
    place,
  ).text
}

const areas = (page: string) => [...page.matchAll(/class="load hue-(\w+)"/g)].map(([, hue]) => hue)

test('designs with the same offered load share one area behind their lines', () => {
  const load = curve(100, 200, 100)
  const page = drawn(answerOf(load), answerOf(load))
  // Two figures, each drawn for a wide and a narrow page.
  expect(areas(page)).toEqual(['faint', 'faint', 'faint', 'faint'])
  expect(page).toContain('grey area: offered load, up to 200/s')
  expect(page).toContain('Response time p99 over time by design')
})

test('designs with different offered loads have one area each', () => {
  const page = drawn(answerOf(curve(100, 200, 100)), answerOf(curve(300, 300, 300)))
  expect(areas(page).slice(0, 2)).toEqual(['1', '2'])
})

test('a slice without answers is unanswered', () => {
  const load = curve(100, 200, 100)
  const page = drawn(answerOf(load), answerOf(load, curve(1, 0, 1), curve(10, null, 10)))
  expect(page).toContain('>unanswered<')
})

test('the figures have data tables with the offered load of each design', () => {
  const page = drawn(answerOf(curve(100, 200, 100)), answerOf(curve(300, 300, 300)))
  expect([...page.matchAll(/<caption[^>]*>([^<]*)/g)].map(([, caption]) => caption)).toEqual([
    'Throughput over time by design',
    'Response time p99 over time by design',
  ])
  expect(page).toContain('design 2: offered')
})

test('steady-state designs have no figures over time', () => {
  expect(drawn(sampleAnswer, sampleAnswer)).toBe('')
})
