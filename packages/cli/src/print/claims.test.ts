import { expect, it } from 'vitest'
import { printClaims } from './claims.ts'
import { plain } from './page.ts'

it('printClaims confirms nothing if no claim was tested', () => {
  expect(printClaims([], { width: 80, colours: plain })).toBe('No claim was tested to its end.\n')
})
