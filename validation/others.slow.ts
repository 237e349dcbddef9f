import { describe, expect, test } from 'vitest'
import { missesOf, others } from './testing-cases.ts'

describe('every other case, to its own tolerance', () => {
  test.each(others)('%s', async (folder) => expect(await missesOf(folder)).toEqual([]))
})
