import { expect, test } from 'vitest'
import { movedOf, verdicts } from '../scripts/verdicts.ts'

test.each(verdicts('design'))('%s: its verdict rests on what is simulated and judged now', async (_name, item) => {
  expect(await movedOf(item)).toEqual([])
})
