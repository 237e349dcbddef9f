import { describe, expect, test } from 'vitest'
import { missesOf, others } from './testing-cases.ts'

describe('every many-server case, to its own tolerance', () => {
  const cases = others.filter((folder) => folder.startsWith('l03'))
  test.each(cases)('%s', async (folder) => expect(await missesOf(folder)).toEqual([]))
})
