import { expect, it } from 'vitest'
import { failedAt, reasons } from '../../kernel/outcome.ts'
import { bench } from '../../kernel/testing-call-site.ts'
import { backOffs } from './index.ts'

const failed = failedAt(reasons.failed, 0)

/** A small program of its own: the mean sum of the first pauses, as M. Brooker wrote them down. */
function meanPausesMs(pauses: number, base: number, cap: number): number {
  let state = 12345
  const uniform = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x7fffffff
  }
  const runs = 200_000
  let total = 0
  for (let run = 0; run < runs; run++) {
    let sleep = base
    for (let i = 0; i < pauses; i++) {
      sleep = Math.min(cap, base + uniform() * (sleep * 3 - base))
      total += sleep
    }
  }
  return total / runs
}

it('pauses of decorrelated jitter add up to the mean of a program of its own', () => {
  const [first, max] = [100, 1000]
  const backOff = backOffs.get('decorrelated').create({ first, max } as never)
  const { start, run, log } = bench({ attempts: 5, backOff }, [1], failed)
  const calls = 4000
  for (let request = 0; request < calls; request++) start().request = request
  run()
  const ends = log.map((line) => Number(line.split(' at ')[1]))
  const meanMs = ends.reduce((sum, end) => sum + end, 0) / calls
  // Five attempts of 1 ms besides the pauses. The sum of four pauses has a deviation of about 590 ms.
  expect(ends.length).toBe(calls)
  expect(Math.abs(meanMs - 5 - meanPausesMs(4, first, max))).toBeLessThan((3 * 590) / Math.sqrt(calls))
})
