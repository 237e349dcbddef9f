import { readdirSync, readFileSync } from 'node:fs'
import { allEntries } from '@loadpath/core/explain'
import { expect, test } from 'vitest'
import { inGlossary, readGlossary } from '../glossary.ts'
import { printEntry, printGlossaryWord, printWords } from '../print/explanation.ts'
import { plain } from '../print/page.ts'
import { callProblems } from '../problem-kinds.ts'
import { lookUpAll } from './explain.ts'

const page = { width: 80, colours: plain }
const words = readGlossary(readFileSync(new URL('../../../../GLOSSARY.md', import.meta.url), 'utf8'))
const entries = allEntries(callProblems)

test('every code that the command line can report is explained', () => {
  const files = readdirSync(new URL('..', import.meta.url), { recursive: true, encoding: 'utf8' })
  const codes = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
      const calls = [...text.matchAll(/(?:mistake|printed)\(\s*'([a-z-]+)'|return \[\s*'([a-z]+-[a-z-]+)'/g)]
      return calls.map((match) => match[1] ?? match[2])
    })
  const known = entries.filter(({ family }) => family === 'problem').map(({ word }) => word)
  expect(new Set(codes).size).toBeGreaterThanOrEqual(10)
  expect([...new Set(codes)].filter((code) => !known.includes(code as string))).toEqual([])
  expect(callProblems.filter(({ code }) => !codes.includes(code)).map(({ code }) => code)).toEqual([])
})

test('an entry has its kind, its syntax and its use', () => {
  const constant = entries.find(({ word, family }) => word === 'constant' && family === 'back-off')
  expect(printEntry(constant ?? raise(), page)).toBe(`constant (back-off): Constant pause
  The same pause before each attempt.

Syntax
  constant {delay}

Fields
  key    value     default  meaning and bounds
  delay  duration  100ms    pause before each further attempt; at least 0ms

Example
  traffic:
    visitors:
      requests:
        view:
          retry:
            back-off: constant

Use when: polling for something that will be there soon

Trade-offs: callers that failed together try again together

Used in: traffic.requests.retry.back-off, service.calls.retry.back-off,
  queue.workers.retry.back-off, call.retry.back-off, defaults.call.retry.back-off,
  defaults.request.retry.back-off

See also: none, exponential, full-jitter, decorrelated
`)
})

test('a problem has a meaning and a remedy', () => {
  const problem = entries.find(({ word }) => word === 'missing-unit') ?? raise()
  expect(printEntry(problem, page)).toBe(`missing-unit (problem): A number without its unit
  Only counts, weights and factors are bare numbers; everything else carries its
  unit.
Remedy: Add the unit.
`)
})

test('older words lead to ours, and what is missing leads to what comes nearest', () => {
  const said = (word: string) => inGlossary(word, words).map((one) => printGlossaryWord(one, page))
  expect(said('master-slave')).toEqual([expect.stringMatching(/^leader-follower.*\(not there yet\)/)])
  expect(said('master/slave')).toEqual(['master, slave (another word)\n  our word: leader, follower\n'])
  expect(said('time-out')).toEqual([expect.stringContaining('when a caller stops waiting')])
  expect(said('circuit-breaker')).toEqual([expect.stringMatching(/^circuit breaker.*\(in a design\)/)])
  expect(said('nonsense')).toEqual([])
})

test('explain takes several words, and words that are known together as one phrase', () => {
  const found = (...asked: string[]) => {
    const { found: all, said } = lookUpAll(asked, entries, words)
    return [...all.map(({ word, family }) => `${word} (${family})`), ...said.map(({ words: [first] }) => first)]
  }
  expect(found('lru', 'fifo')).toEqual([...found('lru'), ...found('fifo')])
  expect(found('lru', 'lru')).toEqual(found('lru'))
  expect(found('dead', 'letter')).toEqual(found('dead letter'))
  expect(found('lru', 'dead', 'letter', 'poisson')).toEqual([
    ...new Set([...found('lru'), ...found('poisson'), ...found('dead letter')]),
  ])
  expect(() => found('lru', 'nonsense')).toThrow('unknown word `nonsense`')
  expect(() => found('pure', 'nonsense')).toThrow('unknown word `pure nonsense`')
})

test('a key with several meanings lists each with its fields, and no longer joins them', () => {
  const every = entries.find(({ word, family }) => word === 'every' && family === 'key') ?? raise()
  const text = printEntry(every, { width: 400, colours: plain })
  expect(text).toMatch(/^ {2}traffic\.every +period of a job/m)
  expect(text).toMatch(/^ {2}crash\.every, slow\.every, .* {2,}time from one to the next/m)
  expect(text).not.toContain('Used in')
  expect(entries.filter(({ summary }) => summary.includes('; or:'))).toEqual([])
})

test('explain without a word lists all words by kind', () => {
  const listed = printWords(entries, page)
  expect(listed).toMatch(/^block\n {2}link, load-balancer, service, cache, cdn, database, queue\n\n/)
  const flat = listed.replace(/\s+/g, ' ')
  for (const { word } of entries) expect(flat).toContain(word)
})

function raise(): never {
  throw new Error('there is no such entry')
}
