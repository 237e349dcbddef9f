import { expect, it } from 'vitest'
import { RetryBudget } from './retry-budget.ts'

it('allows a burst of retries, then the share of the calls', () => {
  const budget = new RetryBudget({ share: 0.1, burst: 10 })
  let retries = 0
  for (let i = 0; i < 1000; i++) {
    budget.called()
    if (budget.takeRetry()) retries++
  }
  // A burst of ten, and one for every ten calls: the tokens of a full budget are lost at first.
  expect(retries).toBe(109)
})

it('saves no more than its burst', () => {
  const budget = new RetryBudget({ share: 0.5, burst: 3 })
  for (let i = 0; i < 100; i++) budget.called()
  expect(Array.from({ length: 5 }, () => budget.takeRetry())).toEqual([true, true, true, false, false])
})
