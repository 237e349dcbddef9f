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
