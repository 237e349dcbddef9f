import { expect, test } from 'vitest'
import { TextStore, withTexts } from './shared-texts.ts'

/** As a thread gets it: a message is a copy, and shared memory stays shared. */
const received = <T>(data: T): T => structuredClone(data)

test('a long text is in shared memory once, and comes back as it was', () => {
  const long = `\uFEFF5.25 µs\n`.repeat(20_000)
  const store = new TextStore()
  const design = {
    blocks: [{ work: { file: long, unit: 1 } }, { work: { file: long, unit: 2 } }],
    sizes: new Float64Array(2),
  }
  const sent = store.store(design)
  const [first, second] = sent.blocks as unknown as { work: { file: { bytes: Uint8Array } } }[]
  expect(first?.work.file).toBe(second?.work.file)
  expect(first?.work.file.bytes.buffer).toBeInstanceOf(SharedArrayBuffer)
  expect(sent.sizes).toBe(design.sizes)
  expect(store.store(design)).toBe(sent)
  expect(withTexts(received(sent))).toEqual(design)
  // One text for all tasks of a thread: a reader that keeps what it read compares no letters.
  const [one, other] = [withTexts(received(sent)), withTexts(received(sent))]
  expect(Object.is(one.blocks[0]?.work.file, other.blocks[1]?.work.file)).toBe(true)
})

test('a design without long texts is sent as it is', () => {
  const design = { name: 'short', blocks: [{ file: '1\n2\n' }], nothing: null }
  expect(new TextStore().store(design)).toBe(design)
  expect(withTexts(design)).toBe(design)
})
