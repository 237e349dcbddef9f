import { describe, expect, test } from 'vitest'
import { caseIn, folders, missesOf } from './testing-cases.ts'

describe('every case, to ± 3 % or its own tolerance if that is wider', () => {
  const quick = folders.filter((folder) => caseIn(folder).expectations.some((expectation) => !expectation.slow))
  test.each(quick)('%s', async (folder) => expect(await missesOf(folder, 0.03)).toEqual([]), 120_000)
})
