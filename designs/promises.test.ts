import { expect, test } from 'vitest'
import { complaintsAbout, quick } from './testing-promises.ts'

test.each(quick)('%s keeps its promises, and its page is fresh', async (folder) => {
  expect(await complaintsAbout(folder)).toEqual([])
})
