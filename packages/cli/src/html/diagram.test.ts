import type { Answer, BlockAnswer } from '@loadpath/core'
import { expect, test } from 'vitest'
import { between, sampleAnswer } from '../print/sample-answer.ts'
import { diagram } from './diagram.ts'

const place = { level: 2, prefix: '' } as const
const calls = [{ from: 'visitors', to: 'web', perSecond: between(9, 10, 11) }]

function drawn(utilizations: readonly number[]): string {
  const [web] = sampleAnswer.blocks as readonly [BlockAnswer]
  const resources = utilizations.map((share, i) => ({
    name: `resource-${i}`,
    isRoom: false,
    capacity: 1,
    utilization: between(share, share, share),
    instance: null,
    mean: between(share, share, share),
  }))
  const answer: Answer = {
    ...sampleAnswer,
    blocks: [{ ...web, resources }],
    pictures: { distributions: [], calls, overTime: null },
  }
  return diagram(answer, place).text
}

test.each([
  [[0.2, 0.1], 'load-1'],
  [[0.1, 0.6], 'load-2'],
  [[0.8, 0.2], 'load-3'],
  [[0, 1], 'load-4'],
])('the fullest resource of %j gives a block the colour %s', (utilizations, colour) => {
  expect(drawn(utilizations)).toMatch(new RegExp(`<g class="node accent ${colour}">`))
})

test('a block without limited resources has no colour', () => {
  expect(drawn([])).toMatch(/<g class="node accent ">/)
})

test('the legend explains the colours of blocks', () => {
  const legend = /<ul class="legend">.*?<\/ul>/s.exec(drawn([0.5]))?.[0].replace(/\s/g, ' ') ?? ''
  for (const said of ['fullest resource', 'below 50 %', '50–75 %', '75–90 %', '90 % or more']) {
    expect(legend).toContain(said)
  }
})

test('a block is coloured by its busiest phase, which is named', () => {
  const [web] = sampleAnswer.blocks as readonly [BlockAnswer]
  const share = between(0.4, 0.4, 0.4)
  const cores = { name: 'cores', isRoom: false, capacity: 1, utilization: share, instance: null, mean: share }
  const [requests] = sampleAnswer.requests as Answer['requests']
  const phase = (fromMs: number, toMs: number) => ({ label: 'load', fromMs, toMs, requests: requests as never })
  const point = [0.1, 0.96, 0.98, 0.1]
  const overTime = {
    replications: 20,
    edgesMs: [0, 10_000, 15_000, 20_000, 60_000],
    events: [],
    requests: [],
    blocks: [
      {
        name: web.name,
        inFlight: { point, low: point, high: point },
        resources: [{ name: 'cores', utilization: { point, low: point, high: point } }],
        queues: [],
      },
    ],
  }
  const answer: Answer = {
    ...sampleAnswer,
    bottleneck: null,
    blocks: [{ ...web, resources: [cores] }],
    phases: [phase(0, 10_000), phase(10_000, 20_000), phase(20_000, 60_000)],
    pictures: { distributions: [], calls, overTime },
  }
  const page = diagram(answer, place).text
  expect(page).toMatch(/<g class="node +load-4">/)
  expect(page.replace(/\s/g, ' ')).toContain('cores 97.0 % (10–20 s)')
})
