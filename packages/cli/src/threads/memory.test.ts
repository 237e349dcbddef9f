import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isMemoryShort, isOutOfMemory } from './memory.ts'

const program = fileURLToPath(new URL('../../bin/loadpath.js', import.meta.url))
const isBuilt = existsSync(new URL('../../dist/worker.mjs', import.meta.url))

/** Nothing is answered for 100 s, so that all that arrives is kept. */
const backlog = `loadpath: 1
name: backlog
traffic: { visitors: { rate: 1000/s, requests: { page: { to: web } } } }
blocks: { web: { type: service, workers: 1, endpoints: { page: [{ compute: 100s }] } } }
run: { for: 2000s, repeat: 2 }
`

test.skipIf(!isBuilt)(
  'a heap that is too small ends a run with the answer so far and a remedy',
  { timeout: 60_000 },
  () => {
    const limited = ['--max-old-space-size=60', program, 'simulate', '-', '--threads', '2', '--json']
    const { status, stdout, stderr } = spawnSync(process.execPath, limited, { input: backlog, encoding: 'utf8' })
    expect(status).toBe(3)
    const { run, blocks } = JSON.parse(stdout)
    expect(run).toMatchObject({ stopped: 'memory ran out' })
    expect(run.events).toBeGreaterThan(8192)
    expect(blocks).toHaveLength(1)
    expect(stderr).toMatch(
      /Memory ran out. [\d,]+ calls are in flight at web. To use less memory, lower the rate, or lower run.bounds.in-flight;/,
    )
    expect(stderr).toContain('NODE_OPTIONS=--max-old-space-size=1024')
  },
)

// Each answer of 300 blocks is a megabyte, and this thread keeps them all; none of the others needs much.
test.skipIf(!isBuilt)('so does one that is too small for the answers of all replications', { timeout: 60_000 }, () => {
  const blocks = Array.from(
    { length: 300 },
    (_, i) => `  b${i}: { type: service, endpoints: { page: [{ compute: 1ms }] } }`,
  )
  const many = `loadpath: 1
name: many blocks
traffic: { visitors: { rate: 100/s, requests: { page: { to: b0 } } } }
blocks:
${blocks.join('\n')}
run: { for: 2s, repeat: 2000 }
`
  const limited = ['--max-old-space-size=40', program, 'simulate', '-', '--threads', '2', '--json']
  const { status, stdout, stderr } = spawnSync(process.execPath, limited, { input: many, encoding: 'utf8' })
  expect([status, JSON.parse(stdout).run.stopped]).toEqual([3, 'memory ran out'])
  expect(stderr).toMatch(/Memory ran out. To use less memory, lower [^;]*run.repeat;/)
})

test('an array that is too large is a lack of memory, and another error is not', () => {
  expect(isOutOfMemory(new RangeError('Array buffer allocation failed'))).toBe(true)
  expect(isOutOfMemory(new RangeError('Invalid array length'))).toBe(false)
  expect(isMemoryShort()).toBe(false)
})
