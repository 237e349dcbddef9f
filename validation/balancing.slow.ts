import { describe, expect, test } from 'vitest'
import { missesOf, others } from './testing-cases.ts'

describe('every balancing case, to its own tolerance', () => {
  const cases = others.filter((folder) => folder.startsWith('l') && !folder.startsWith('l03'))
  test.each(cases)('%s', async (folder) => expect(await missesOf(folder)).toEqual([]))
})
