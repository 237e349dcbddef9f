import { expect, it } from 'vitest'
import { partsOfOperation } from './by-operation.ts'

it('finds the parts of an operation and those of all, in the order of the list', () => {
  const parts = [{ operation: 'view', at: 0 }, { at: 1 }, { operation: 'buy', at: 2 }, { operation: 'view', at: 3 }]
  const placesOf = (operation: string | undefined) => partsOfOperation(parts, operation).map(({ at }) => at)
  expect(placesOf('view')).toEqual([0, 1, 3])
  expect(placesOf('buy')).toEqual([1, 2])
  expect(placesOf('other')).toEqual([1])
  expect(placesOf(undefined)).toEqual([1])
})
