import { expect, it } from 'vitest'
import { problemsOf } from '../../experiment/testing-runs.ts'

const design = (ejection: string, { instances = 4, fields = '', faults = '' } = {}) => `
traffic: { visitors: { rate: 10/s, requests: { get: { to: front } } } }
blocks:
  front: { type: load-balancer, targets: web, ejection: ${ejection}, ${fields} }
  web: { type: service, instances: ${instances}, endpoints: { any: [{ compute: 1ms }] } }
faults: [${faults}]
run: { for: 10s, repeat: 1 }
`
const warning = (why: string) => [`field-without-effect front.ejection: \`ejection\` has no effect: ${why}`]

it.each([
  ['10%', 4, '10% of 4 targets is less than one'],
  ['49%', 2, '49% of 2 targets is less than one'],
  ['50%', 1, '50% of the only target is less than one'],
])('an ejection of at most %s of %i targets is a warning', (max, instances, why) => {
  expect(problemsOf(design(`{ fails: 5, max: ${max} }`, { instances }))).toEqual(warning(why))
})

it.each([
  ['25%', 4],
  ['50%', 2],
  ['100%', 1],
])('an ejection of at most %s of %i targets can act', (max, instances) => {
  expect(problemsOf(design(`{ fails: 5, max: ${max} }`, { instances }))).toEqual([])
})

it('instances that a planned change lets come are targets too', () => {
  expect(problemsOf(design('{ fails: 5, max: 10% }', { faults: '{ scale: web, to: 10, at: 1s }' }))).toEqual([])
})
