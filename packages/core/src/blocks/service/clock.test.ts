import { expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { sensitivity } from '../../experiment/sensitivity.ts'
import { simulate } from '../../experiment/simulate.ts'
import { type ReadOptions, readDesign } from '../../language/read-design.ts'
import { drawWorld } from '../../support/params.ts'
import { service } from './service.ts'

const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))

function read(fields: string, work: string, options: ReadOptions = {}) {
  return readDesign(
    `loadpath: 1
name: work in cycles
traffic: { users: { rate: 200/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, ${fields} endpoints: { view: [{ compute: ${work} }] } }
`,
    catalogue,
    options,
  )
}

function perCallMs(fields: string, work: string, options?: ReadOptions): number | undefined {
  const { design, problems } = read(fields, work, options)
  expect(problems).toEqual([])
  return service.demands(design?.blocks[0]?.values as never)[0]?.perCallMs
}

it.each([
  ['clock: 3GHz,', '3M cycles', 1],
  ['clock: 3GHz,', '3000k cycles', 1],
  ['clock: 500MHz,', '0.25G cycles', 500],
  ['clock: 1kHz,', '7 cycles', 7],
  ['clock: 3GHz,', 'exponential 6M cycles', 2],
  ['clock: 2GHz,', '{ mean: 5M cycles, p99: 9M cycles }', 2.5],
  ['clock: 2GHz,', '{ distribution: empirical, values: [2M cycles, 4M cycles] }', 1.5],
  ['clock: 3GHz,', '{ distribution: uniform, min: 3M cycles, max: 9M cycles }', 2],
])('a service with %s computes %s in %d ms', (fields, work, expected) => {
  expect(perCallMs(fields, work)).toBe(expected)
})

it('half the clock rate doubles the time of cycles', () => {
  expect(perCallMs('clock: 3GHz,', '3M cycles', { set: ['web.clock=1.5GHz'] })).toBe(2)
})

it.each([
  ['clock: 3GHz,', '3M cycles ± 20%', '', '1ms ± 20%'],
  ['clock: 2GHz,', 'exponential 3M cycles..5M cycles', '', 'exponential 1.5ms..2.5ms'],
  ['clock: 2GHz ± 10%,', '{ p50: 2M cycles, p99: 9M cycles }', 'speed: 1 ± 10%,', '{ p50: 1ms, p99: 4.5ms }'],
])('a service with %s and %s is uncertain as one with %s and %s is', (fields, work, otherFields, time) => {
  const meanIn = (...written: [string, string]) => {
    const values = drawWorld(read(...written).design?.blocks[0]?.values as never, () => 0.25)
    const [demand] = service.demands(values)
    return (demand?.perCallMs ?? 0) / (demand?.capacity ?? 0)
  }
  expect(meanIn(fields, work)).toBeCloseTo(meanIn(otherFields, time), 9)
})

it('cycles and the same time give the same run', async () => {
  const found = async (fields: string, work: string) => {
    const { design } = read(fields, work, { set: ['run.for=5s', 'run.repeat=4'] })
    return (await simulate(design as never, { runner, longer: false })).requests
  }
  expect(await found('clock: 3GHz,', '9M cycles')).toEqual(await found('', '3ms'))
  expect(await found('clock: 1MHz,', 'exponential 3k cycles')).toEqual(await found('', 'exponential 3ms'))
})

it('sensitivity includes the clock of a service', async () => {
  const { design } = read('workers: 1, clock: 3GHz,', 'exponential 9M cycles')
  const { rows } = await sensitivity(design as never, { runner }, 'mean < 1s')
  const clock = rows.find(({ path }) => path === 'web.clock')
  expect([clock?.from, clock?.verdict]).toEqual([3e9, 'lower'])
  // A core is as much faster by its clock as by its speed.
  const ofSpeed = rows.find(({ path }) => path === 'web.speed')
  expect(clock?.changed).toBeCloseTo(ofSpeed?.changed ?? 0, 9)
})

it.each([
  ['', '3M cycles', 'missing-field', 'web', 'add `clock: 3GHz`, or write `compute` as a time'],
  ['clock: 3GHz,', '3ms', 'field-without-effect', 'web.clock', 'write `compute: 3M cycles`, or remove `clock`'],
  [
    'clock: 3GHz,',
    '{ p50: 2M cycles, p99: 9ms }',
    'wrong-dimension',
    'web.endpoints.view.1.compute.p99',
    'write a number of cycles, for example `3M cycles`',
  ],
  ['clock: 3GHz,', '3 cycle', 'unknown-unit', 'web.endpoints.view.1.compute', 'write `3 cycles`'],
  ['clock: 3ms,', '3M cycles', 'wrong-dimension', 'web.clock', 'write a frequency, for example `3GHz`'],
  ['clock: 0GHz,', '3M cycles', 'out-of-range', 'web.clock', 'write more than 0Hz'],
])('reports a service with %s and %s', (fields, work, code, path, hint) => {
  expect(read(fields, work).problems.map((problem) => [problem.code, problem.path, problem.hint])).toEqual([
    [code, path, hint],
  ])
})
