import { expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'

function problemsOf(rate: string, work: string, run = '') {
  const { problems } = readDesign(
    `loadpath: 1
name: rare
traffic: { visitors: { rate: ${rate}, requests: { page: { to: web } } } }
blocks: { web: { type: service, endpoints: { page: [{ compute: ${work} }] } } }
${run}
`,
    catalogue,
  )
  return problems.filter(({ code }) => code === 'clock-too-coarse')
}

it.each([
  ['a microsecond every three years', '0.00000001/s', '1us', ''],
  ['a microsecond every four months', '0.0000001/s', 'exponential 1us', ''],
  ['a nanosecond in a run of a thousand days', '1/s', '1ns', 'run: { for: 1000d }'],
])('refuses %s, which the clock would round', (_which, rate, work, run) => {
  const [problem, ...others] = problemsOf(rate, work, run)
  expect([problem?.severity, others]).toEqual(['error', []])
  expect(problem?.message).toMatch(/^the clock rounds to \S+ ms, but the shortest time is \S+ ms$/)
})

it.each([
  ['a microsecond a day', '1/d', '1us', ''],
  ['a microsecond in a run of a thousand days', '1/s', '1us', 'run: { for: 1000d }'],
])('warns of %s', (_which, rate, work, run) => {
  expect(problemsOf(rate.replace('1/d', '0.0000116/s'), work, run).map(({ severity }) => severity)).toEqual(['warning'])
})

it.each([
  ['a microsecond once a minute', '0.0166/s', '1us', ''],
  ['a millisecond every four months', '0.0000001/s', '10ms', ''],
  ['no work at all', '0.0000001/s', '0ms', ''],
  ['ten milliseconds in a run of a thousand days', '50/s', 'exponential 10ms', 'run: { for: 1000d }'],
])('says nothing of %s', (_which, rate, work, run) => expect(problemsOf(rate, work, run)).toEqual([]))

it('the warning about a rounded rate names a rate that the clock can represent', () => {
  const [problem] = problemsOf('0.0000001/s', '1us')
  const times = Number(/raise the rates (\S+) times/.exec(problem?.hint ?? '')?.[1])
  expect(problemsOf(`${(1.1 * times * 1e-7).toFixed(6)}/s`, '1us')).toEqual([])
})
