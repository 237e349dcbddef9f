import { expect, test } from 'vitest'
import { complaintsAbout, found } from './testing-claims.ts'

const slow = found.filter(({ claim }) => claim.check === 'slow')

test.each(slow.map((one) => [one.claim.id, one] as const))(
  '%s: its verdict stands, its page is fresh',
  async (_id, one) => {
    expect(await complaintsAbout(one)).toEqual([])
  },
)
