import { expect, it } from 'vitest'
import { readDesign } from './read-design.ts'
import { toyCatalogue } from './toy-catalogue.ts'
import { toyDesign } from './toy-design.ts'

const many = 20_000
const lines = (line: (number: number) => string) => Array.from({ length: many }, (_, i) => line(i)).join('\n')

/** Time that grows with the square of the mistakes takes minutes of each; the time limit of a test is seconds. */
it.each([
  ['unknown keys', 'unknown-field', `${toyDesign}\n${lines((i) => `k${i}: 1`)}\n`],
  ['the same key', 'duplicate-key', `${toyDesign}\n${'about: x\n'.repeat(many)}`],
  ['keys that are no text', 'key-not-text', `${toyDesign}\n${'? [a]\n: 1\n'.repeat(many)}`],
  ['misspelt presets', 'unknown-name', inBlocks((i) => `  s${i}: { type: cache, like: redis${i} }`)],
  ['misspelt types', 'unknown-name', inBlocks((i) => `  s${i}: { type: cach }`)],
])('20,000 mistakes are all found, in time that grows with their number: %s', (_what, code, text) => {
  const { design, problems } = readDesign(text, toyCatalogue)
  expect(design).toBe(undefined)
  expect(problems.filter((problem) => problem.code === code).length).toBeGreaterThanOrEqual(many - 1)
})

function inBlocks(line: (number: number) => string): string {
  return toyDesign.replace('blocks:\n', `blocks:\n${lines(line)}\n`)
}

it('a quoted value as long as the file is cut in the message', () => {
  const { problems } = readDesign(`${toyDesign}\nfaults: [ ${'x'.repeat(500_000)} ]\n`, toyCatalogue)
  expect(Math.max(...problems.map((problem) => JSON.stringify(problem).length))).toBeLessThan(5000)
})

it('where nothing could be meant, nothing is expected', () => {
  const text = toyDesign.replace(/^blocks:[\s\S]*?(?=^\S)/m, 'blocks: {}\n')
  for (const { expected } of readDesign(text, toyCatalogue).problems) expect(expected).not.toBe('')
})

it('a remedy is found when it is read, and stands in JSON', () => {
  const { problems } = readDesign(`${toyDesign}\nbloks: 1\n`, toyCatalogue)
  const [problem] = problems
  expect(problem?.hint).toBe('did you mean `blocks`?')
  expect(JSON.parse(JSON.stringify(problem))).toMatchObject({ hint: 'did you mean `blocks`?' })
})
