import { expect, it } from 'vitest'
import { catalogue } from '../../../experiment/catalogue.ts'
import { replicate } from '../../../experiment/replicate.ts'
import { simulate } from '../../../experiment/simulate.ts'
import type { Task } from '../../../experiment/task.ts'
import { readDesign } from '../../../language/read-design.ts'

const text = (shelf: string) => `loadpath: 1
name: warmed
traffic:
  readers: { rate: 40/s, requests: { page: { to: shelf.read, key: uniform over 200 } } }
  editors: { rate: 1/s, requests: { edit: { to: pages.write, key: uniform over 200 } } }
blocks:
  shelf: { type: cache, of: pages, capacity: 200, compute: 0s, ${shelf} }
  pages: { type: database, read: 1ms, write: 0s }
`

async function staleOf(shelf: string) {
  const { design } = readDesign(text(shelf), catalogue)
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const { requests } = await simulate(design as never, { runner, longer: false })
  return requests.find(({ name }) => name === 'readers.page')?.age?.stale
}

it('a warmed cache has no age to tell as long as that grows: nothing ends an entry, or it was empty just now', async () => {
  const grows = { sufficient: false, reason: 'staleness still grows at the end of the run' }
  expect(await staleOf('')).toMatchObject(grows)
  expect(await staleOf('ttl: 1h, start: empty')).toMatchObject(grows)
  const settled = await staleOf('ttl: 1s')
  // Every key once in 5 s: a sixth of the reads find an entry, on average half a second old.
  expect(settled?.sufficient === true && settled.point).toBeLessThan(0.01)
})
