import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

const design = (faults: string, objectives: string) => `loadpath: 1
name: named
traffic: { v: { rate: 100/s, arrival: regular, requests: { view: { to: web } } } }
blocks:
  web: { type: service, workers: unlimited, endpoints: { view: [{ wait: 10ms }] } }
faults: [${faults}]
run: { for: 40s, repeat: 2 }
objectives: [${objectives}]
`

const read = (faults: string, objectives: string) => readDesign(design(faults, objectives), catalogue)

const problemsOf = (faults: string, objectives: string) =>
  read(faults, objectives).problems.flatMap(({ message, severity, hint }) =>
    severity === 'error' ? [hint === undefined ? message : `${message}; ${hint}`] : [],
  )

describe('an objective of the time of a fault', () => {
  it('is measured before, during and after it', async () => {
    const { design: named, problems } = read(
      '{ slow: web, factor: 5, at: 10s, for: 10s, name: bad-disk }',
      'view.mean < 11ms before bad-disk, view.mean > 49ms during bad-disk, view.mean < 11ms after bad-disk, view.mean > 20ms',
    )
    if (named === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
    const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
    const answer = await simulate(named, { runner, longer: false })
    expect(answer.objectives.map(({ verdict }) => verdict)).toEqual(['met', 'met', 'met', 'missed'])
    expect(answer.phases.map(({ label }) => label)).toEqual(['before', 'bad-disk', 'after bad-disk'])
  })

  it.each([
    [
      '{ slow: web, factor: 5, at: 10s, for: 10s, name: bad-disk }',
      'view.mean < 11ms during bad-dsk',
      'no fault has the name `bad-dsk`; did you mean `bad-disk`?',
    ],
    [
      '{ slow: web, factor: 5, at: 10s, for: 10s }',
      'view.mean < 11ms during slow',
      'no fault has the name `slow`; add `name: slow` to the fault',
    ],
    [
      '{ slow: web, factor: 5, at: 10s, name: late }',
      'view.mean < 11ms after late',
      '`late` does not end: nothing is after it; add `for` to the fault',
    ],
    [
      '{ slow: web, factor: 5, for: 1s, name: first }',
      'view.mean < 11ms before first',
      '`first` begins at 0s: nothing is before it; let the fault begin later',
    ],
    [
      '{ crash: web, at: 1s, for: 1s, name: web }',
      'view.mean < 11ms',
      '`web` names a fault and a block; rename one of them',
    ],
    [
      '{ crash: web, at: 1s, for: 1s, name: lost }, { crash: web, at: 5s, for: 1s, name: lost }',
      'view.mean < 11ms',
      'two faults have the name `lost`; rename one of them',
    ],
    [
      '{ crash: web, at: 1s, every: exponential 10s, for: 1s, name: often }',
      'view.mean < 11ms during often',
      'when `often` happens is random; write `at` and a fixed `for`, or a window such as `from 60s to 100s`',
    ],
    [
      '{ crash: web, at: 1s, for: exponential 10s, name: some-time }',
      'view.mean < 11ms after some-time',
      'how long `some-time` lasts is random; write `at` and a fixed `for`, or a window such as `from 60s to 100s`',
    ],
    [
      '{ flush: web, at: 1s, name: purge }',
      'view.mean < 11ms during purge',
      '`purge` is over at once: nothing is during it; write `after purge`',
    ],
    ['{ halfspeed: web, at: 1s, for: 1s, name: lost }', 'view.mean < 11ms during lost', '`faults.1` names no fault'],
  ])('refuses %s with %s', (faults, objectives, message) => {
    expect(problemsOf(faults, objectives)).toEqual([message])
  })
})
