import type { Progress } from '@loadpath/core'
import { expect, test, vi } from 'vitest'
import { between, sampleAnswer } from './print/sample-answer.ts'
import { showProgress } from './progress.ts'

const news = (done: number, planned: number): Progress => ({
  mean: between(18.135, 18.335, 18.535),
  p99: between(79.6, 80.9, 82.2),
  done,
  planned,
  answer: () => sampleAnswer,
})

function recorder(isTTY: boolean) {
  const texts: string[] = []
  return { texts, output: { isTTY, columns: 160, write: (text: string) => void texts.push(text) } }
}

test('a run of less than two seconds shows no progress', () => {
  const { texts, output } = recorder(false)
  const line = showProgress(output, { nowMs: () => 0 })
  line.report(news(20, 80))
  line.end()
  expect(texts).toEqual([])
})

test.each([
  [
    'outside a terminal a round is a plain line',
    news(20, 80),
    '20 of about 80 replications, about 12 s left · mean 18.3 ms ± 0.2 · p99 80.9 ms ± 1.3\n',
  ],
  [
    'too few replications for an interval say about how long requests take',
    { ...news(4, 20), mean: between(0, 0.206, 0.426) },
    '4 of about 20 replications, about 16 s left · mean about 210 µs · p99 80.9 ms ± 1.3\n',
  ],
  ['where nothing whole is there, no replications are counted', news(0, 0), 'simulating, 4 s so far\n'],
])('%s', (_name, reported, line) => {
  const { texts, output } = recorder(false)
  let now = 0
  const progress = showProgress(output, { nowMs: () => now })
  now = 4000
  progress.report(reported)
  progress.end()
  expect(texts).toEqual([line])
})

test('on a terminal one line is rewritten, and gone at the end', () => {
  vi.useFakeTimers()
  vi.stubEnv('TERM', 'xterm')
  const { texts, output } = recorder(true)
  let now = 0
  const line = showProgress(output, { nowMs: () => now })
  now = 2500
  vi.advanceTimersByTime(250)
  line.report(news(20, 80))
  line.say('a word')
  line.end()
  expect(texts).toEqual([
    'simulating, 3 s so far',
    '\r\u001b[K',
    '20 of about 80 replications, about 8 s left · mean 18.3 ms ± 0.2 · p99 80.9 ms ± 1.3',
    '\r\u001b[K',
    'a word\n',
  ])
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

test('outside a terminal, work without news says what is under way, at most 10 s apart', () => {
  vi.useFakeTimers()
  const { texts, output } = recorder(false)
  let now = 0
  const underWay = () => ({
    pass: 'pilot 1, to find the warm-up',
    done: now / 1000,
    of: 50,
    meanMs: now < 5000 ? null : 54.321,
  })
  const line = showProgress(output, { nowMs: () => now, underWay })
  for (; now < 43_000; now += 250) vi.advanceTimersByTime(250)
  line.end()
  expect(texts).toEqual([
    'pilot 1, to find the warm-up: 1 of 50 done, 2 s so far\n',
    'pilot 1, to find the warm-up: 3 of 50 done, 3 s so far\n',
    'pilot 1, to find the warm-up: 6 of 50 done, 6 s so far · mean about 54 ms\n',
    'pilot 1, to find the warm-up: 12 of 50 done, 12 s so far · mean about 54 ms\n',
    'pilot 1, to find the warm-up: 22 of 50 done, 22 s so far · mean about 54 ms\n',
    'pilot 1, to find the warm-up: 32 of 50 done, 32 s so far · mean about 54 ms\n',
    'pilot 1, to find the warm-up: 42 of 50 done, 42 s so far · mean about 54 ms\n',
  ])
  vi.useRealTimers()
})

test('on a terminal the pass that is under way comes first', () => {
  vi.useFakeTimers()
  vi.stubEnv('TERM', 'xterm')
  const { texts, output } = recorder(true)
  let now = 0
  const underWay = () => ({ pass: 'work 5 % longer: replications 1 to 20', done: 4.5, of: 20, meanMs: 20 })
  const line = showProgress(output, { nowMs: () => now, underWay })
  now = 1000
  line.report(news(20, 20))
  now = 1750
  vi.advanceTimersByTime(250)
  expect(texts).toEqual([
    'work 5 % longer: replications 1 to 20: 4 of 20 done, 2 s so far · mean 18.3 ms ± 0.2 · p99 80.9 ms ± 1.3',
  ])
  line.end()
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

test('a pass without replications shows no count', () => {
  vi.useFakeTimers()
  const { texts, output } = recorder(false)
  let now = 0
  const underWay = () => ({ pass: 'reading the claims', done: 0, of: 0, meanMs: null })
  const line = showProgress(output, { nowMs: () => now, underWay })
  for (; now < 2500; now += 250) vi.advanceTimersByTime(250)
  line.end()
  expect(texts).toEqual(['reading the claims, 2 s so far\n'])
  vi.useRealTimers()
})
