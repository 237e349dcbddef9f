import { expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { readDesign } from '../../language/read-design.ts'

it('offers what waits for a connection too', async () => {
  const { design } = readDesign(
    `loadpath: 1
name: twice what it carries
traffic:
  visitors: { rate: 100/s, requests: { page: { to: pages.read } } }
blocks:
  pages: { type: database, connections: 5, cores: 5, read: 100ms }
run: { for: 100s, repeat: 4 }
objectives: [pages.offered < 1/s, pages.throughput < 1/s]
`,
    catalogue,
  )
  const { objectives } = await simulate(design as never, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  const [offered, throughput] = objectives.map(({ measured }) => (measured.enough ? measured.point : Number.NaN))
  expect(Math.abs((offered as number) - 100)).toBeLessThan(4)
  expect(Math.abs((throughput as number) - 50)).toBeLessThan(0.2)
})
