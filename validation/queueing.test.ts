import { describe, expect, test } from 'vitest'
import { isQuick, missesOf, queueing } from './testing-cases.ts'

describe('every queueing case, to ± 3 % or its own tolerance if that is wider', () => {
  const quick = queueing.filter(isQuick)
  test.each(quick)('%s', async (folder) => expect(await missesOf(folder, 0.03)).toEqual([]), 120_000)
})
