import { describe, expect, test } from 'vitest'
import { missesOf, queueing } from './testing-cases.ts'

describe('every queueing case, to its own tolerance', () => {
  test.each(queueing)('%s', async (folder) => expect(await missesOf(folder)).toEqual([]))
})
