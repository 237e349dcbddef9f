import { expect, it } from 'vitest'
import { catalogue } from '../experiment/catalogue.ts'
import { replicate } from '../experiment/replicate.ts'
import { simulate } from '../experiment/simulate.ts'
import { readDesign } from '../language/read-design.ts'
import { contradictions } from './contradictions.ts'
import { contradictionsAround } from './testing-loads.ts'

it('no answer contradicts itself, however close to full the design is', { timeout: 60_000 }, async () => {
  expect(await contradictionsAround('{ for: 20s, repeat: 10 }', [60, 95, 102, 104, 110, 150])).toEqual([])
})

it('finds an answer that does', async () => {
  const { design } = readDesign(
    `loadpath: 1
name: a shop
traffic: { visitors: { rate: 60/s, requests: { get: { to: web } } } }
blocks: { web: { type: service, workers: 1, endpoints: { get: [{ compute: exponential 10ms }] } } }
run: { for: 20s, repeat: 10 }
objectives: [mean < 50ms]
`,
    catalogue,
  )
  if (design === undefined) throw new Error('the design is wrong')
  const answer = await simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
  const { verdict, bottleneck, objectives } = answer
  const [objective] = objectives
  if (bottleneck === null || objective === undefined) throw new Error('something is in use, and promised')
  expect(contradictions(answer)).toEqual([])
  expect([
    contradictions({ ...answer, verdict: { ...verdict, outcome: 'overloaded' } }),
    contradictions({ ...answer, verdict: { ...verdict, nearKnee: !verdict.nearKnee } }),
    contradictions({ ...answer, bottleneck: { ...bottleneck, saturationLoad: 0.9 } }),
    contradictions({ ...answer, bottleneck: { ...bottleneck, utilization: 0.1 } }),
    contradictions({ ...answer, objectives: [{ ...objective, verdict: 'missed' }] }),
  ]).toEqual([
    ['overloaded, and no backlog grows'],
    ['the headline and the percentiles differ on the knee', 'the headline does not say what it is'],
    ['carries, and full at a lower load', 'full at another load'],
    ['the bottleneck is not in the table of blocks'],
    ['an objective against its own measure'],
  ])
})
