import { expect, test } from 'vitest'
import { complaintsFromApart, verdicts } from './verdicts.ts'

test.concurrent.each(verdicts())('%s stands when it is measured in full', async (_name, item) => {
  expect(await complaintsFromApart(item)).toEqual([])
})
