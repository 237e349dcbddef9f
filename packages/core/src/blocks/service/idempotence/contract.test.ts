import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../experiment/catalogue.ts'
import { terminatingPlan } from '../../../experiment/plan.ts'
import { replicate } from '../../../experiment/replicate.ts'
import { readDesign } from '../../../language/index.ts'
import { idempotences } from './index.ts'

/** Orders that take 30 ms or 300 ms at random, from callers that wait 100 ms and try three times. */
function foundOf(idempotent: string, failures = 'safe') {
  const { design, problems } = readDesign(
    `loadpath: 1
name: orders
traffic: { visitors: { rate: 50/s, requests: { order: { to: web, timeout: 100ms, retry: { attempts: 3, failures: ${failures}, back-off: constant 250ms } } } } }
blocks:
  web: { type: service, endpoints: { order: { idempotent: ${idempotent}, do: [{ branch: 20%, do: [{ wait: 300ms }], else: [{ wait: 30ms }] }] } } }
run: { for: 20s, repeat: 2 }
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const limits = { events: 1e6, inside: 1e6, wallMs: 1e6 }
  const plan = terminatingPlan(design, 20_000)
  const task = { design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null, closeUp: false }
  const { blocks, names, kinds } = replicate(task)
  const counter = (name: string) => blocks[0]?.[0]?.counters[names[0]?.counters.indexOf(name) ?? -1] ?? 0
  const answered = kinds.flat().reduce((sum, cell) => sum + cell.answered, 0)
  const offered = kinds.flat().reduce((sum, cell) => sum + cell.offered, 0)
  return { duplicates: counter('duplicates'), done: counter('done-of-those'), availability: answered / offered }
}

describe.each(idempotences.members.map((member) => [member.name, member] as const))('%s', (name, member) => {
  it('is repeated after a time-out exactly if that does no harm', () => {
    const { availability } = foundOf(name)
    if (member.effect === 'never') expect(availability).toBeLessThan(0.85)
    else expect(availability).toBeGreaterThan(0.95)
  })

  it('does nothing twice where it knows calls again, or is not repeated', () => {
    expect(foundOf(name).duplicates).toBe(0)
  })
})

it('an endpoint that is not idempotent does calls twice that are repeated after every failure', () => {
  const { duplicates, done } = foundOf('never', 'all')
  // Of the first attempts a fifth come too late and are done; so are the attempts that follow them.
  expect(duplicates).toBeGreaterThan(180)
  expect(done).toBeGreaterThan(1100)
})

it('an endpoint that knows calls again answers a repeated call without the work', () => {
  const { duplicates, done, availability } = foundOf('by-key', 'all')
  expect([duplicates, done > 950, done < 1050]).toEqual([0, true, true])
  // The second attempt comes 350 ms after the first, which was done after 300 ms.
  expect(availability).toBeGreaterThan(0.97)
})
