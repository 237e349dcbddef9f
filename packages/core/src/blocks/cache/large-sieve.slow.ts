import { expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { Zipf } from '../../kernel/zipf.ts'
import { readDesign } from '../../language/read-design.ts'
import { testingSource } from '../../support/testing-source.ts'
import { evictions } from './eviction/index.ts'
import { replay } from './eviction/replay.ts'

// By replaying reads one by one, from an empty cache until its hit ratio no longer grows.
it('one large cache by SIEVE begins with what SIEVE keeps in the long run, not with what was requested last', async () => {
  const [count, room, draws] = [1_000_000, 220_000, 6_000_000]
  const zipf = new Zipf(0.9, count)
  const source = testingSource(1)
  const asked = Array.from({ length: draws }, () => zipf.sample(source))
  const last = 1_000_000
  const hitsBefore = replay('sieve', room, asked.slice(0, -last)).hits
  const expected = (replay('sieve', room, asked).hits - hitsBefore) / last
  const { design } = readDesign(
    `loadpath: 1
name: large by sieve
traffic: { t: { rate: 1000/s, requests: { page: { to: c.read, key: zipf 0.9 over ${count} } } } }
blocks:
  db: { type: database, read: 0s, connections: unlimited }
  c: { type: cache, of: db, capacity: ${room}, compute: 0s, eviction: sieve }
run: { for: 4s, repeat: 8 }
`,
    catalogue,
  )
  const runner = async (tasks: Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { blocks } = await simulate(design as never, { runner: runner as never, longer: false })
  const { hitRatio } = blocks.find(({ name }) => name === 'c') as { hitRatio: { point: number } }
  const error = evictions.get('sieve').standInError as number
  expect(Math.abs(hitRatio.point - expected) * 100).toBeLessThan(error + 400 * Math.sqrt(0.25 / 32_000))
})
