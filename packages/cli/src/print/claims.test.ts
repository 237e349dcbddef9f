import { expect, it } from 'vitest'
import { printClaims } from './claims.ts'
import { plain } from './page.ts'

it('says of no claim that it stands where none was examined', () => {
  expect(printClaims([], { width: 80, colours: plain })).toBe('no claim was examined to its end\n')
})
