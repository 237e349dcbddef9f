import { expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

it('a share of stale reads of 0 is bounded by the number of copies that could have been stale', async () => {
  const text = `loadpath: 1
name: notified of every change
traffic:
  readers: { rate: 100/s, requests: { page: { to: shelf.read, key: uniform over 20 } } }
  editors: { rate: 2/s, requests: { edit: { to: pages.write, key: uniform over 20 } } }
blocks:
  shelf: { type: cache, of: pages, capacity: 20, compute: 0s, invalidation: { by: key } }
  pages: { type: database, read: 0s, write: 0s, connections: unlimited }
run: { for: 50s, repeat: 4 }
`
  const { design } = readDesign(text, catalogue)
  if (design === undefined) throw new Error('the design is wrong')
  const { blocks, requests } = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  const shelf = blocks.find(({ name }) => name === 'shelf')
  const count = (name: string) => shelf?.counters.find((counter) => counter.name === name)?.count ?? 0
  // Each change makes one copy: 2 × 50 × 4, and nearly 20 × 4 were there; reads share them 40 to one.
  expect(Math.abs(count('copies') - 480)).toBeLessThan(60)
  expect(count('copies') * 35).toBeLessThan(count('shown'))
  const high = expect.closeTo(3 / count('copies'), 6)
  expect(shelf?.age?.stale).toMatchObject({ sufficient: true, point: 0, high })
  const [all, readers] = [requests[0], requests.find(({ name }) => name === 'readers.page')]
  expect(readers?.age?.stale).toMatchObject({ sufficient: true, point: 0, high })
  // Of all answers, those to writes among them, a smaller share can be stale.
  expect(all?.age?.stale).toMatchObject({ sufficient: true, point: 0, low: 0 })
})
