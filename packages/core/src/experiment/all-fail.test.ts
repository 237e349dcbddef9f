import { expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

async function answerTo(blocks: string) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: nothing is answered
traffic: { v: { rate: 20/s, requests: { get: { to: a.act } } } }
blocks:
${blocks}
objectives: [get.mean < 2s, get.p99 < 2s, get.p99.9 < 2s, availability >= 99%]
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
}

it('a design in which everything fails ends after the first round', async () => {
  const { run, verdict, requests, objectives } = await answerTo(
    '  a: { type: service, endpoints: { act: [{ compute: 1ms }, { fail: 100% }] } }',
  )
  expect(verdict.outcome).toBe('failing')
  expect(run).toMatchObject({ replications: 20, stopped: null })
  expect(requests[0]?.mean).toMatchObject({ sufficient: false, reason: 'no request was answered' })
  expect(objectives.map((one) => one.verdict)).toEqual(['inconclusive', 'missed', 'missed', 'missed'])
})

it('the time of requests that fail counts as known, so a pilot settles', async () => {
  const { run, verdict } =
    await answerTo(`  a: { type: service, endpoints: { act: [{ compute: 1ms }, { call: b.act, retry: 4 }] } }
  b: { type: service, endpoints: { act: [{ compute: 1ms }, { fail: 100% }] } }`)
  expect([verdict.outcome, run.stopped]).toEqual(['failing', null])
  expect(run.events).toBeLessThan(3e6)
})
