import { expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'

function warningsOf(post: string) {
  const { problems } = readDesign(
    `loadpath: 1
name: posts
traffic: { users: { rate: 1/s, requests: { page: { to: proxy, key: uniform over 9 }, post: { to: ${post}, key: uniform over 9 } } } }
blocks:
  proxy: { type: cache, of: front.page, capacity: 9, ttl: 1s }
  front: { type: load-balancer, targets: [web] }
  web: { type: service, endpoints: { page: [{ call: db.read }], post: [{ call: db.write }] } }
  db: { type: database }
`,
    catalogue,
  )
  return problems.map(({ code, message }) => ({ code, message }))
}

it('a request that a cache would treat as a read is reported, with the call that bypasses the cache', () => {
  expect(warningsOf('proxy')).toMatchObject([
    {
      code: 'request-taken-for-a-read',
      message: '`proxy` treats `post` as a read, but `web` has that operation',
    },
  ])
})

it.each(['web.post', 'front', 'proxy.read'])('says nothing of a request that goes to %s', (post) => {
  expect(warningsOf(post)).toEqual([])
})
