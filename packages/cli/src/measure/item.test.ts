import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { chosenItems, type Item, longestFirst } from './item.ts'
import { steadySeconds } from './record.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadpath-items-'))
afterAll(() => rmSync(folder, { recursive: true }))

function item(name: string, cpuSeconds?: number): Item {
  const path = join(folder, name)
  mkdirSync(path)
  if (cpuSeconds !== undefined) writeFileSync(join(path, 'measured.json'), JSON.stringify({ cpuSeconds }))
  return { kind: 'claim', name, path }
}

const items = [item('lb-01', 3), item('lb-02', 40), item('cdn-01'), item('cdn-02', 7)]
const names = (some: readonly Item[]) => some.map(({ name }) => name)

test('items never measured come first, then the slowest', () => {
  expect(names(longestFirst(items))).toEqual(['cdn-01', 'lb-02', 'cdn-02', 'lb-01'])
})

test('a word names a kind or the beginning of a name', () => {
  expect(names(chosenItems(items, ['LB']))).toEqual(['lb-01', 'lb-02'])
  expect(names(chosenItems(items, ['claims']))).toHaveLength(4)
  expect(() => chosenItems(items, ['mq'])).toThrow('nothing to measure begins with "mq"')
})

test('a recorded time changes only when the new one is much longer or shorter', () => {
  expect([
    steadySeconds(12, 10),
    steadySeconds(16, 10),
    steadySeconds(4.4, 10),
    steadySeconds(0.123, undefined),
  ]).toEqual([10, 20, 4, 0.1])
})
