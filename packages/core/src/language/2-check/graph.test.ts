import { expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { readDesign } from '../index.ts'

it.each([
  ['a queue that begins with a backlog', 'start: 3, '],
  ['a queue that nobody publishes to', ''],
])('finds an operation missing behind a cache that is called by %s, if that works', (_, start) => {
  const { problems } = readDesign(
    `loadpath: 1
name: behind
traffic: { people: { rate: 1/s, requests: { get: { to: shelf, key: uniform over 9 } } } }
blocks:
  jobs: { type: queue, ${start}workers: { compute: 1ms, call: shelf.write } }
  shelf: { type: cache, of: store.get, capacity: 10 }
  store: { type: service, endpoints: { get: [{ compute: 1ms }] } }
`,
    catalogue,
  )
  const missing = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)
  expect(missing).toEqual(start === '' ? [] : ['`store` has no operation `write`'])
})
