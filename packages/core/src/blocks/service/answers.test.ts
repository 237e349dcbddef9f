import { describe, expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { readDesign } from '../../language/read-design.ts'

interface Setting {
  readonly shelf?: string
  readonly page: string
  readonly edit?: string
}

/** What a warmed cache of what a service answers counts in 5 s, 40 times: 200 keys, each changed every 200 s. */
async function countsOf({ shelf = '', page, edit = 'pages.write' }: Setting) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: pages made by a service
traffic:
  readers: { rate: 40/s, requests: { page: { to: shelf.read, key: uniform over 200 } } }
  editors: { rate: 1/s, requests: { edit: { to: ${edit}, key: uniform over 200 } } }
blocks:
  shelf: { type: cache, of: web.page, capacity: 200, ttl: 10min, compute: 0s, ${shelf} }
  web: { type: service, cores: 64, endpoints: { page: [${page}], write: [{ call: pages.write }] } }
  pages: { type: database, read: 0s, write: 0s }
run: { for: 5s, repeat: 40 }
`,
    catalogue,
  )
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { blocks } = await simulate(design as never, { runner, longer: false })
  const counters = blocks.find(({ name }) => name === 'shelf')?.counters ?? []
  return Object.fromEntries(counters.map(({ name, count }) => [name, count])) as Record<string, number>
}

const changesIn10Minutes = 600 / 200

/** Share of the time of an entry in which at least one of so many things has changed since it came in. */
function staleShare(things: number): number {
  const uT = things * changesIn10Minutes
  return 1 - (1 - Math.exp(-uT)) / uT
}

describe('a cache of what a service answers', () => {
  const own = '{ call: pages.read, key: uniform over 200 }'
  it.each([
    ['one thing', '{ call: pages.read }', staleShare(1)],
    ['one thing, read twice', '{ call: pages.read }, { call: pages.read }', staleShare(1)],
    ['one thing under a key of its own', own, staleShare(1)],
    ['two things', `{ call: pages.read }, ${own}`, staleShare(2)],
    ['three things at once', `{ parallel: [[${own}]], times: 3 }`, staleShare(3)],
    [
      'two things every other time',
      `{ call: pages.read }, { branch: 50%, do: [${own}] }`,
      (staleShare(1) + staleShare(2)) / 2,
    ],
  ])('begins as old as a page of %s is in the long run', async (_, page, expected) => {
    const { stale = 0, hits = 0 } = await countsOf({ page })
    expect(hits).toBeGreaterThan(7_000)
    expect(Math.abs(stale / hits - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 8_000))
  })

  it('is notified of changes by their keys, whatever the endpoint is called', async () => {
    const counts = await countsOf({ page: '{ call: pages.read }', shelf: 'invalidation: { by: key, delay: 0s }' })
    expect(counts.stale).toBe(0)
    expect(counts.invalidated).toBeGreaterThan(100)
  })

  it('knows a version that it has acknowledged again when the service has stored it', async () => {
    const written = await countsOf({
      page: '{ call: pages.read }',
      shelf: 'update: { type: write-behind, every: 500ms }',
      edit: 'shelf.write',
    })
    expect(written.stale).toBe(0)
    expect(written.written).toBeGreaterThan(100)
  })
})
