import { expect, test } from 'vitest'
import { claimsIn } from '../packages/cli/src/claims/folders.ts'
import { complaintsAbout, verdicts } from '../scripts/verdicts.ts'

/** Claims that say `check: always`: they are quick, and show with each change that judging works. */
const always = new Set(
  claimsIn(import.meta.dirname).flatMap(({ folder, claim }) => (claim.check === 'always' ? [folder] : [])),
)
const quick = verdicts('claim').filter(([, { path }]) => always.has(path))

test('some claims are checked always', () => expect(quick.length).toBeGreaterThan(2))

test.each(quick)('%s stands when it is measured in full', async (_name, item) => {
  expect(await complaintsAbout(item)).toEqual([])
})
