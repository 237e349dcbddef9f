import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../experiment/catalogue.ts'
import { terminatingPlan } from '../../../experiment/plan.ts'
import { replicate } from '../../../experiment/replicate.ts'
import { exampleOf } from '../../../explain/sample.ts'
import { readObject } from '../../../language/index.ts'
import { service } from '../service.ts'
import { stepTypes } from './index.ts'

const lengthMs = 40_000
const names = ['album', 'photos', 'thumbnails', 'web'] as const

/** A service whose only endpoint is the step as it is written in its own example, asked 50 times a second. */
function ranWith(step: unknown, options: Readonly<Record<string, string>> = {}) {
  const read = readObject(
    {
      loadpath: 1,
      name: 'one step',
      traffic: {
        visitors: { rate: '50/s', requests: { get: { to: 'web', key: 'uniform over 1k', ...options } } },
      },
      blocks: {
        web: { type: 'service', cores: 64, endpoints: { any: [step] } },
        album: { type: 'cache', of: 'photos', capacity: 100 },
        photos: { type: 'database', read: 'constant 2ms' },
        thumbnails: { type: 'queue', workers: { compute: '1ms' } },
      },
      run: { for: '40s', repeat: 2 },
    } as never,
    catalogue,
  )
  const { design } = read
  if (design === undefined) throw new Error(read.problems.map(({ message }) => message).join('; '))
  const limits = { events: 1e7, inside: 1e6, wallMs: 1e6 }
  const plan = terminatingPlan(design, lengthMs)
  const task = { design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null, closeUp: true }
  return {
    found: replicate(task),
    again: replicate(task),
    values: design.blocks.find(({ name }) => name === 'web')?.values,
  }
}

describe.each(stepTypes.members.map((type) => [type.name, type] as const))('%s', (name, type) => {
  const example = exampleOf(type, '')
  const web = names.indexOf('web')

  it('works and calls as often as it tells those who reckon before a run', () => {
    const { found, values } = ranWith(example)
    const block = found.blocks[web]?.[0]
    if (block === undefined) throw new Error('the service was asked')
    const { arrived } = block
    expect(arrived).toBeGreaterThan(1800)
    const [demand] = service.demands(values as never)
    const workMs = (block.resources[0] ?? 0) / arrived
    expect(Math.abs(workMs - (demand?.perCallMs ?? 0))).toBeLessThanOrEqual(0.1 * (demand?.perCallMs ?? 0))
    for (const to of ['album', 'photos', 'thumbnails'] as const) {
      const expected = service
        .calls(values as never)
        .filter((edge) => edge.to.block === to)
        .reduce((sum, { perCall }) => sum + perCall, 0)
      const counted = found.closeUp?.calls.find((one) => one.from === web && one.to === names.indexOf(to))?.count ?? 0
      expect(Math.abs(counted / arrived - expected), `calls to ${to}`).toBeLessThanOrEqual(0.1 * expected)
    }
  })

  it('does the same with common random numbers', () => {
    const { found, again } = ranWith(example)
    expect(again).toEqual(found)
  })

  it('can be cancelled at any moment: what nobody waits for any more is gone', () => {
    const { found } = ranWith(example, { timeout: '1ms', cancels: 'all' })
    // Messages that are taken are no longer their publisher's.
    for (const at of ['web', 'album', 'photos'] as const) {
      expect(found.blocks[names.indexOf(at)]?.[0]?.inside ?? 0, at).toBeLessThanOrEqual(2)
    }
    expect(found.blocks[web]?.[0]?.abandoned).toBe(0)
  })

  it('is told by name', () => expect(stepTypes.get(name)).toBe(type))
})
