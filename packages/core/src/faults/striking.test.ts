import { describe, expect, it } from 'vitest'
import { catalogue } from '../experiment/catalogue.ts'
import { terminatingPlan } from '../experiment/plan.ts'
import { replicate } from '../experiment/replicate.ts'
import { readObject } from '../language/index.ts'
import type { Fault } from './fault.ts'
import { faults } from './index.ts'

const [lengthMs, atMs, forMs] = [30_000, 10_000, 5000]

const blocks = {
  service: { type: 'service', endpoints: { any: [{ compute: 'constant 2ms' }] } },
  database: { type: 'database', read: 'constant 2ms' },
  queue: { type: 'queue', workers: { compute: 'constant 2ms' } },
  link: { type: 'link', to: 'there', latency: '1ms', bandwidth: '8Mbit/s' },
  cache: { type: 'cache', of: 'there', capacity: 10 },
  caller: {
    type: 'service',
    calls: { there: { pool: 1, timeout: '500ms' } },
    endpoints: { any: [{ call: 'there' }] },
  },
} as const

type Struck = keyof typeof blocks

/** What a fault strikes: each of these in turn, or the visitors, who call each in turn. */
function struckBy({ affects }: Fault): { readonly on: string; readonly types: readonly Struck[] } {
  const on = affects === 'arrivals' ? 'visitors' : 'web'
  if (affects === 'entries') return { on, types: ['cache'] }
  if (affects === 'pools') return { on, types: ['caller'] }
  return { on, types: ['service', 'database', 'queue', 'link'] }
}

const behind: Partial<Record<Struck, object>> = {
  link: { there: blocks.service },
  cache: { there: blocks.database },
  caller: { there: blocks.service },
}

/** 50 requests a second to a block that a fault strikes from 10 s to 15 s; by tick of 150 ms, what was answered. */
function struck(type: Struck, fault: Readonly<Record<string, unknown>> | undefined) {
  const { design, problems } = readObject(
    {
      loadpath: 1,
      name: 'struck',
      traffic: {
        visitors: {
          rate: '50/s',
          arrival: 'regular',
          requests: {
            get: { to: 'web', key: 'uniform over 5', timeout: '1s', cancels: 'all', size: 'constant 1kB' },
          },
        },
      },
      blocks: { web: blocks[type], ...(behind[type] ?? {}) },
      ...(fault === undefined ? {} : { faults: [fault] }),
      run: { for: '30s', repeat: 2 },
    } as never,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const limits = { events: 1e6, inside: 1e6, wallMs: 1e6 }
  const plan = terminatingPlan(design, lengthMs)
  const found = replicate({ design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null })
  const tickMs = lengthMs / plan.ticks
  const between = (fromMs: number, toMs: number) =>
    Array.from({ length: plan.ticks }, (_, tick) => tick)
      .filter((tick) => tick * tickMs >= fromMs && (tick + 1) * tickMs <= toMs)
      .map((tick) => [found.answeredByTick[tick], Number(found.sumMsByTick[tick]?.toFixed(6))])
  const doneMs = found.blocks.flat().reduce((sum, cell) => sum + cell.doneMs, 0)
  return { between, doneMs }
}

// Planned changes have tests of their own: what they change is no fault.
const striking = faults.members.filter(({ coming }) => coming === undefined)

describe.each(striking.map((fault) => [fault.name, fault] as const))('%s', (name, fault) => {
  // As the fault says itself, but once, on this block and at this time.
  const { every: _, ...own } = fault.example as Readonly<Record<string, unknown>>
  const { on, types } = struckBy(fault)
  const written = { ...own, [name]: on, at: '10s', ...(fault.isMoment === true ? {} : { for: '5s' }) }

  it.each(types)('strikes a %s in its time, and leaves nothing behind', (type) => {
    const [with_, without] = [struck(type, written), struck(type, undefined)]
    expect(with_.between(0, atMs)).toEqual(without.between(0, atMs))
    // What it does to a queue its publishers do not see; the messages do.
    if (type !== 'queue' || fault.affects !== 'instances')
      expect(with_.between(atMs, atMs + forMs)).not.toEqual(without.between(atMs, atMs + forMs))
    else expect(with_.doneMs).toBeGreaterThan(without.doneMs + 1)
    // What waited is worked off within two seconds.
    expect(with_.between(atMs + forMs + 2000, lengthMs - 1000)).toEqual(
      without.between(atMs + forMs + 2000, lengthMs - 1000),
    )
  })
})
