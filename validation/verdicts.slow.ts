import { expect, test } from 'vitest'
import { complaintsAbout, tenthOfVerdicts } from '../scripts/verdicts.ts'

test.each(tenthOfVerdicts('case'))('%s stands when it is measured in full', async (_name, item) => {
  expect(await complaintsAbout(item)).toEqual([])
})
