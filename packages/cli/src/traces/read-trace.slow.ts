import { expect, it } from 'vitest'
import { Material } from './material.ts'
import type { TraceFile } from './pieces.ts'
import { readTrace } from './read-trace.ts'

function fileOf(text: string): TraceFile {
  return {
    ...{ name: 'odd', bareName: 'odd', bytes: Number.NaN, isRepeatable: false },
    async *pieces() {
      yield Buffer.from(text, 'latin1')
    },
  }
}

/** Lines of 12 bytes, each of which stands for 65,536 requests. */
const bomb = '0 65536 0 4\n'.repeat(20_000)

it('hears Ctrl-C within a piece that stands for a billion requests, and keeps little of it', async () => {
  const material = new Material(undefined, 1_000_000)
  let looks = 0
  const isOver = () => ++looks > 4
  const { isWhole } = await readTrace(fileOf(bomb), [material], { format: undefined, isOver, onRead: () => {} })
  expect(isWhole).toBe(false)
  expect(material.collector.seen).toBeGreaterThan(0)
  expect(material.collector.seen).toBeLessThan(4 * 700 * 65_536)
  expect(material.collector.ids.byteLength).toBeLessThan(1e9)
})
