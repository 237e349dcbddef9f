import { expect, test } from 'vitest'
import { complaintsAbout, slow } from './testing-promises.ts'

test.each(slow)('%s keeps its promises, and its page is fresh', async (folder) => {
  expect(await complaintsAbout(folder)).toEqual([])
})
