import { afterEach, expect, it, vi } from 'vitest'
import { readObject } from '../language/index.ts'
import { LatencyHistogram } from '../stats/histogram.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

afterEach(() => void vi.restoreAllMocks())

it('an answer with many kinds of request reads each distribution twice: for its kind and for all', async () => {
  const [kinds, repeat] = [100, 12]
  const requests = Object.fromEntries(Array.from({ length: kinds }, (_, i) => [`k${i}`, { to: 'web' }]))
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'many kinds',
      traffic: { v: { rate: '1000/s', requests } },
      blocks: { web: { type: 'service', cores: 16, endpoints: { any: [{ compute: 'exponential 2ms' }] } } },
      run: { for: '5s', repeat },
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is refused')
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const read = vi.spyOn(LatencyHistogram.prototype, 'addEncoded')
  const added = vi.spyOn(LatencyHistogram.prototype, 'add')
  await simulate(design, { runner, longer: false })
  expect(read.mock.calls.length).toBeLessThanOrEqual((2 * kinds + 10) * repeat)
  // Over replications: once for each kind, all and the phase, and what was found so far after each round.
  expect(added.mock.calls.length).toBeLessThanOrEqual((kinds + 40) * repeat)
})

it('10,000 kinds of request that do not fit into memory give a warning and an answer without a run', async () => {
  const requests = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, { to: 'web' }]))
  const { design, problems } = readObject(
    {
      loadpath: 1,
      name: 'too many kinds',
      traffic: { v: { rate: '1000/s', requests } },
      blocks: { web: { type: 'service', endpoints: { any: [{ compute: '1ms' }] } } },
    },
    catalogue,
  )
  expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toContain('warning does-not-fit')
  if (design === undefined) throw new Error('the design is refused')
  const includes = vi.spyOn(Array.prototype, 'includes')
  const answer = await simulate(design, { runner: async () => [], longer: false })
  expect(answer.run.stopped).toMatch(/GB of memory/)
  // Once for each kind and a few more: looking for each kind among all others would be 10,000 times as often.
  expect(includes.mock.calls.length).toBeLessThan(100_000)
})
