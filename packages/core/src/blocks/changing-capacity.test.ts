import { expect, it } from 'vitest'
import { ChangingCapacity } from './changing-capacity.ts'

it('is the integral of the share in use, times the capacity at the beginning', () => {
  // Of 4 cores 2 are busy for 10 ms, then of 8 cores 2 for 10 ms: shares 1/2 and 1/4.
  const use = new ChangingCapacity(4)
  use.change(20, 8)
  expect(use.areaAt(40) / 4).toBe(10 / 2 + 10 / 4)
})

it('stands still while there is nothing that could be used', () => {
  const use = new ChangingCapacity(4)
  use.change(20, 0)
  expect(use.areaAt(20)).toBe(20)
  use.change(20, 4)
  expect(use.areaAt(24)).toBe(24)
})
