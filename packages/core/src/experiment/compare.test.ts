import { expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { runPaired } from './compare.ts'
import { prepare } from './pilots.ts'
import { replicate } from './replicate.ts'
import { keeping } from './replications.ts'
import type { Task } from './task.ts'

const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))

/** One server of which so many windows are looked at, and blocks beside it that nothing asks. */
function lookedAt(windows: number) {
  const objectives = Array.from({ length: windows }, (_, i) => `  - page.mean < 1s from ${i}ms to ${i + 1}ms`)
  const { design } = readDesign(
    `loadpath: 1
name: ${windows} windows
traffic: { visitors: { rate: 1000/s, requests: { page: { to: web } } } }
blocks:
  web: { type: service, workers: 1, endpoints: { page: [{ compute: exponential 20us }] } }
${Array.from({ length: 10 }, (_, i) => `  idle${i}: { type: database }`).join('\n')}
run: { for: 100ms, repeat: 160 }
objectives:
${objectives.join('\n')}
`,
    catalogue,
  )
  if (design === undefined) throw new Error('the design is sound')
  return design
}

it('a comparison pairs the same replications if one design keeps fewer batches than the other', async () => {
  const designs = [lookedAt(1), lookedAt(98)]
  const context = { options: { runner }, seed: 1, workFactor: 1 }
  const [small, large] = await Promise.all(designs.map((design) => prepare(design, context)))
  expect(keeping(small as never).batches).toBe(512)
  expect(keeping(large as never).batches).toBeLessThan(160)

  const rounds = await runPaired(designs, context)
  const batches = rounds.map(({ replicates }) =>
    replicates.map(({ replication, replications }) => [replication, replications]),
  )
  expect(batches[0]).toEqual(batches[1])
})
