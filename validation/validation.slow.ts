import { describe, expect, test } from 'vitest'
import { folders, missesOf } from './testing-cases.ts'

describe('every case, to its own tolerance', () => {
  test.each(folders)('%s', async (folder) => expect(await missesOf(folder)).toEqual([]))
})
