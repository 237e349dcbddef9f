import { describe, expect, test } from 'vitest'
import { missesOf, others } from './testing-cases.ts'

describe('every other case, to its own tolerance', () => {
  const cases = others.filter((folder) => !folder.startsWith('l'))
  test.each(cases)('%s', async (folder) => expect(await missesOf(folder)).toEqual([]))
})
