import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../experiment/catalogue.ts'
import { terminatingPlan } from '../../../experiment/plan.ts'
import { replicate } from '../../../experiment/replicate.ts'
import { Call } from '../../../kernel/call.ts'
import { readDesign } from '../../../language/read-design.ts'
import { overflows } from './index.ts'

/** A queue with room for 5 that is sent one message every 10 ms, and works on each for 20: 100 of 200 are too many. */
function flooded(overflow: string) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: flood
traffic: { senders: { rate: 100/s, arrival: regular, requests: { send: { to: mails } } } }
blocks: { mails: { type: queue, limit: 5, overflow: ${overflow}, workers: { compute: constant 20ms } } }
run: { for: 2s, repeat: 2 }
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const limits = { events: 1e6, inside: 1e6, wallMs: 1e6 }
  const plan = terminatingPlan(design, 2000)
  const { kinds, blocks, names } = replicate({
    design,
    seed: 1,
    replication: 0,
    workFactor: 1,
    plan,
    limits,
    trace: null,
  })
  const [cell, block] = [kinds[0]?.[0], blocks[0]?.[0]]
  if (cell === undefined || block === undefined) throw new Error('there is one cell')
  const failed = block.failed.reduce((sum, count) => sum + count, 0)
  const queueMax = (name: string) => block.queueMax[names[0]?.queues.indexOf(name) ?? -1]
  return { cell, block, failed, waitingMax: queueMax('waiting'), heldMax: queueMax('publishers waiting') }
}

describe.each(overflows.names)('%s', (name) => {
  it('does one thing with each message that finds the queue full', () => {
    const done: string[] = []
    const queue = {
      reject: () => void done.push('refuse'),
      replaceOldest: () => void done.push('replace'),
      hold: () => void done.push('hold'),
    }
    overflows.get(name).full(queue, new Call())
    expect(done).toHaveLength(1)
  })

  it('never lets more messages wait than there is room for, and keeps the worker busy', () => {
    const { block, waitingMax } = flooded(name)
    expect(waitingMax).toBe(5)
    expect(block.done).toBeGreaterThanOrEqual(97)
    expect(block.done).toBeLessThanOrEqual(100)
  })

  it('accounts for every message: done, failed, or inside', () => {
    const { cell, block, failed } = flooded(name)
    expect(block.arrived).toBe(cell.offered)
    expect(block.done + failed + block.inside).toBe(block.arrived)
    // What is too much is refused, dropped, or waits at its publisher.
    expect(failed + block.inside).toBeGreaterThanOrEqual(cell.offered - 100)
  })
})

it('reject refuses the publisher, drop-oldest answers it and drops, block lets it wait', () => {
  const [reject, drop, block] = ['reject', 'drop-oldest', 'block'].map(flooded) as ReturnType<typeof flooded>[]
  expect(reject?.cell.answered).toBeLessThan(110)
  expect([reject?.failed, reject?.heldMax]).toEqual([(reject?.cell.offered ?? 0) - (reject?.cell.answered ?? 0), 0])
  expect([drop?.cell.answered, drop?.heldMax]).toEqual([drop?.cell.offered, 0])
  expect(drop?.failed).toBeGreaterThan(85)
  expect([block?.failed, block?.cell.inside]).toEqual([0, block?.heldMax])
  expect(block?.heldMax).toBeGreaterThan(85)
})
