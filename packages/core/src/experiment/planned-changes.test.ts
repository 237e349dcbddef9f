import { describe, expect, it } from 'vitest'
import { answerOf, read } from './testing-planned.ts'

describe('a rolling deployment', () => {
  it.each(['power-of-two', 'maglev'])('loses no request behind a balancer that chooses by %s', async (choice) => {
    const answer = await answerOf({
      front: `choice: ${choice}, health-check: 1s`,
      web: 'instances: 4, start-up: 2s,',
      workers: 'unlimited',
      work: 'wait: exponential 100ms',
      faults: '{ deploy: web, batch: 2, at: 10s, for: 20s }, { scale: web, to: 3, at: 11s }',
      run: 'for: 60s, repeat: 4',
    })
    const ledger = answer.requests[0]?.ledger
    expect(ledger?.rejected).toBe(0)
    expect(ledger?.lost).toBe(0)
    expect(ledger?.answered).toBeGreaterThan(23_000)
  })
})

describe('mistakes', () => {
  it.each([
    ['{ scale: front, to: 4 }', 'instances of `front` cannot come and go'],
    ['{ scale: web, to: 4, every: 10s, for: 1s }', 'every'],
    ['{ scale: web.1, to: 4 }', 'web.1'],
    ['{ deploy: web, count: 9 }', '9 instances of 1'],
  ])('%s is a mistake', (faults, message) => {
    const { problems } = read({ faults, front: 'choice: random' })
    expect(problems.map((problem) => `${problem.path} ${problem.message}`).join('\n')).toContain(message)
  })
})
