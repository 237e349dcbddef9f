import type { RequestAnswer } from '@loadpath/core'
import { expect, it } from 'vitest'
import { meanOf } from './requests.ts'

it('a mean is over the share of requests that the availability says, without those in flight', () => {
  const mean = { sufficient: true, point: 20, low: 20, high: 20, confidence: 0.95, replications: 20 } as const
  const ledger = { offered: 1000, answered: 900, inFlight: 10 }
  expect(meanOf({ mean, ledger } as RequestAnswer)).toMatch(/, over the 90\.9\s% that were answered$/)
  expect(meanOf({ mean, ledger: { ...ledger, answered: 990 } } as RequestAnswer)).not.toContain('over the')
})
