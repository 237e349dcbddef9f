import { expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { readDesign } from '../../language/read-design.ts'

/** Share of the answers that are stale where a request to a page does these steps, each on a key of its own. */
async function staleShare(steps: string): Promise<number> {
  const { design, problems } = readDesign(
    `loadpath: 1
name: every page shows what was there before its own change
traffic: { users: { rate: 20/s, requests: { save: { to: web, key: uniform over 10k } } } }
blocks:
  web: { type: service, cores: 8, endpoints: { save: [${steps}] } }
  copy: { type: cache, of: primary, capacity: 20k, invalidation: { by: key, then: reload, delay: 1s } }
  primary: { type: database }
  notes: { type: database }
run: { for: 10s, repeat: 10 }
objectives: [save.stale < 1%]
`,
    catalogue,
  )
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { objectives } = await simulate(design as never, { runner, longer: false })
  const [stale] = objectives
  return stale?.measured.sufficient === true ? stale.measured.point : Number.NaN
}

const [write, read] = ['{ call: primary.write }', '{ call: copy.read }']

// The cache is notified of a change a second later, so nobody finds in it what they have just written.
it.each([
  ['after its own write', `${write}, ${read}`],
  ['after its own write and one elsewhere', `${write}, { call: notes.write }, ${read}`],
  ['in a branch after its own write', `${write}, { parallel: [[${read}], [{ compute: 1ms }]] }`],
  ['after a branch that wrote', `{ parallel: [[${write}], [{ compute: 1ms }]] }, ${read}`],
])('a request that reads %s in a cache that does not know of it is stale', async (_, steps) => {
  expect(await staleShare(steps)).toBeGreaterThan(0.99)
})

it.each([
  ['before it writes', `${read}, ${write}`],
  ['from where it wrote', `${write}, { call: primary.read }`],
  ['beside its own write', `{ parallel: [[${write}, { compute: 1ms }], [{ compute: 0.5ms }, ${read}]] }`],
])('a request that reads %s is not', async (_, steps) => {
  expect(await staleShare(steps)).toBeLessThan(0.01)
})
