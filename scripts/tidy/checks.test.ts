import { describe, expect, test } from 'vitest'
import { familiesWithoutContract, familiesWithoutRow } from './contracts.ts'
import { importCycles, importDirection } from './imports.ts'
import { fileLengths, functionLengths } from './lengths.ts'
import { testsNobodyRuns } from './levels.ts'
import { deadLinks, decisions, designSnippets, oneTitle } from './markdown.ts'
import { oldWords } from './prose.ts'
import { registries } from './registries.ts'
import { sample } from './repository.ts'
import { parse, parseAll } from './source.ts'
import { blobs, strangers, tooDeep, unmapped } from './tree.ts'
import { bannedNames, emptyFileNames, leftovers, reminders } from './words.ts'

/** Each check is shown something bad, which it must find, and its good neighbour, which it must leave alone. */

const inCore = (path: string, text: string) => parse(sample(`packages/core/src/${path}`, text))

describe('import direction', () => {
  const complaints = (path: string, text: string) => importDirection([inCore(path, text)])

  test.each([
    ['support/a.ts', `import { b } from '../kernel/b.ts'`, 'support may import nothing'],
    ['kernel/a.ts', `import type { B } from '../blocks/b.ts'`, 'kernel may import support, stats'],
    ['stats/a.ts', `import { b } from '../kernel/b.ts'`, 'stats may import support'],
    ['language/a.ts', `export { b } from '../kernel/b.ts'`, 'language may import support'],
    ['blocks/a.ts', `import type { B } from '../language/b.ts'`, 'imports language'],
    ['kernel/a.ts', `const a: import('../blocks/b.ts').B = 1`, 'imports blocks'],
    ['kernel/a.ts', `await import('../blocks/b.ts')`, 'imports blocks'],
    ['blocks/a.ts', `import type { B } from '../workloads/b.ts'`, 'imports workloads'],
    ['calls/a.ts', `import type { B } from '../blocks/b.ts'`, 'imports blocks'],
    ['protocols/a.ts', `import { b } from '../kernel/b.ts'`, 'protocols may import support'],
    ['blocks/a.ts', `import { b } from '../index.ts'`, 'imports index'],
    ['blocks/a.ts', `import { b } from '../../../cli/src/b.ts'`, 'core knows no other package'],
    ['blocks/a.ts', `import { readFileSync } from 'node:fs'`, 'core runs anywhere'],
    [
      'blocks/load-balancer/choice/a.ts',
      `import { b } from '../../../kernel/b.ts'`,
      'a policy knows only its arguments',
    ],
    ['odds/a.ts', `import { b } from '../support/b.ts'`, 'without a place in the order'],
  ])('%s: %s', (path, text, complaint) => {
    expect(complaints(path, text)).toEqual([expect.stringContaining(complaint)])
  })

  test.each([
    ['kernel/a.ts', `import { b } from '../stats/b.ts'`],
    ['kernel/a.test.ts', `import { b } from '../blocks/b.ts'`],
    ['blocks/cache/a.ts', `import { b } from '../../calls/b.ts'`],
    ['workloads/a.ts', `import { b } from '../blocks/b.ts'`],
    ['blocks/load-balancer/choice/testing-a.ts', `import { b } from '../../../kernel/b.ts'`],
    ['experiment/a.ts', `import type { B } from '../language/b.ts'`],
    ['experiment/a.ts', `import { type B, type C } from '../language/b.ts'`],
    ['index.ts', `export * from './language/index.ts'`],
    ['language/a.ts', `import { parse } from 'yaml'`],
  ])('%s may: %s', (path, text) => expect(complaints(path, text)).toEqual([]))
})

describe('circles', () => {
  const circle = (word: string) => [
    inCore('kernel/a.ts', `import { b } from './b.ts'`),
    inCore('kernel/b.ts', `${word} { a } from './a.ts'`),
  ]

  test('are found, and named the same wherever one starts', () => {
    const found = ['circle of imports at run time: kernel/a.ts -> kernel/b.ts -> kernel/a.ts']
    expect(importCycles(circle('import'))).toEqual(found)
    expect(importCycles(circle('export').reverse())).toEqual(found)
  })
  test('of types are harmless', () => expect(importCycles(circle('import type'))).toEqual([]))
  test('that are known are left, and struck when gone', () => {
    const known = ['kernel/a.ts -> kernel/b.ts -> kernel/a.ts']
    expect(importCycles(circle('import'), known)).toEqual([])
    expect(importCycles([], known)).toEqual([expect.stringContaining('strike it')])
  })
})

describe('registries', () => {
  const definition = (name: string) => `export const one = choice({ name: '${name}', title: 'T', summary: 'S' })`
  const index = (text: string) =>
    inCore('blocks/choice/index.ts', `${text}\nexport const all = registry<Choice>('choice', [])`)

  test('miss a member', () => {
    expect(registries([index(''), inCore('blocks/choice/random.ts', definition('random'))])).toEqual([
      'packages/core/src/blocks/choice/index.ts does not import packages/core/src/blocks/choice/random.ts: add it to the registry',
    ])
  })
  test('miss a block that has a folder of its own', () => {
    const catalogue = inCore('blocks/index.ts', `export const blocks = registry('block', [])`)
    const cache = inCore('blocks/cache/cache.ts', definition('cache'))
    const policy = inCore('blocks/cache/policy.ts', definition('policy'))
    expect(registries([catalogue, cache, policy])).toEqual([expect.stringContaining('blocks/cache/cache.ts')])
  })
  test('hold a member that bears another name than its file', () => {
    const member = inCore('blocks/choice/random.ts', definition('chance'))
    expect(registries([index(`import { one } from './random.ts'`), member])).toEqual([
      expect.stringContaining('random.ts defines "chance"'),
    ])
  })
  test('do not want contracts and tests', () => {
    const contract = inCore('blocks/choice/choice.ts', 'export function choice(definition) { return definition }')
    const member = inCore('blocks/choice/random.ts', definition('random'))
    const tested = inCore('blocks/choice/all.test.ts', definition('all'))
    expect(registries([index(`import { one } from './random.ts'`), contract, member, tested])).toEqual([])
  })
})

describe('words', () => {
  test.each([
    ['Math.random()', 'use a Stream'],
    ['Date.now()', 'agenda.nowMs'],
    ['new Date()', 'a time handed in'],
    ['performance.now()', 'agenda.nowMs'],
    ['setTimeout(f, 1)', 'use agenda.after'],
    ['[1].map(Math.log)', 'use ln'],
    ['Math.exp(1)', 'use exp'],
    ['Math.sin(1)', 'something built on'],
    ['x ** 0.5', 'use pow'],
    ['x ** y', 'use pow'],
    ['x **= y', 'use pow'],
  ])('%s is banned in core', (text, complaint) => {
    expect(bannedNames([inCore('kernel/a.ts', text)])).toEqual([expect.stringContaining(complaint)])
    expect(bannedNames([inCore('kernel/a.test.ts', text)])).toEqual([])
  })
  test.each(['Math.sqrt(2)', 'x ** 2', 'agenda.setTimeout(1)', '// Math.random', `'Date.now()'`])(
    '%s is not',
    (text) => {
      expect(bannedNames([inCore('kernel/a.ts', text)])).toEqual([])
    },
  )

  test('names that say nothing', () => {
    expect(emptyFileNames(['a/utils.ts', 'b/SessionManager.ts', 'c/test-helpers/d.ts'])).toHaveLength(3)
    expect(emptyFileNames(['a/gate.ts', 'tsconfig.base.json', 'docs/commonplace.md'])).toEqual([])
  })
  test('reminders', () => {
    expect(reminders([sample('a.md', 'one\nTODO two'), sample('b.ts', '// @ts-ignore')])).toHaveLength(2)
    expect(reminders([sample('a.md', 'todo, in prose')])).toEqual([])
  })
  test('words that readers must translate', () => {
    expect(oldWords([sample('a.md', 'Entries are thrown out.'), sample('b.ts', '// the keys asked for')])).toHaveLength(
      2,
    )
    expect(
      oldWords([sample('a.md', 'Entries are evicted.'), sample('GLOSSARY.md', '| canary | negative control |')]),
    ).toEqual([])
  })
  test('traces of debugging', () => {
    const source = parse(
      sample('a.ts', 'console.log(1)\ndebugger\nit.only(1)\ndescribe.concurrent.only(2)\nthe.only(3)'),
    )
    expect(leftovers([source])).toHaveLength(4)
  })
})

describe('lengths', () => {
  const long = [parse(sample('a.ts', `function f() {\n${'  g()\n'.repeat(8)}}\n`))]
  const commented = parse(sample('b.ts', `${'/** why */\n// and why\n\n'.repeat(9)}f(\n  1,\n)\n`))

  test('of functions', () => {
    expect(functionLengths(long, 9, {})).toEqual(['a.ts#f has 10 lines; at most 9: take a part of it out'])
    expect(functionLengths(long, 10, {})).toEqual([])
  })
  test('of files, without comments', () => {
    expect(fileLengths(long, 9, {})).toHaveLength(1)
    expect(fileLengths([commented], 2, {})).toEqual(['b.ts has 3 lines; at most 2: take a part of it out'])
    expect(fileLengths([commented], 3, {})).toEqual([])
  })
  test('of giants may only shrink', () => {
    expect(fileLengths(long, 5, { 'a.ts': 10 })).toEqual([])
    expect(fileLengths(long, 5, { 'a.ts': 9 })).toEqual([expect.stringContaining('at most 9')])
    expect(fileLengths(long, 5, { 'a.ts': 11 })).toEqual([expect.stringContaining('lower its entry from 11')])
    expect(fileLengths(long, 10, { 'a.ts': 11 })).toEqual([expect.stringContaining('strike it')])
    expect(fileLengths([], 5, { 'gone.ts': 11 })).toEqual([expect.stringContaining('strike it')])
  })
})

describe('pages', () => {
  test('have one title', () => {
    const pages = [
      sample('none.md', 'text'),
      sample('two.md', '# a\n# b'),
      sample('good.md', '# a\n```sh\n# b\n```\n## c'),
    ]
    expect(oneTitle(pages)).toEqual([expect.stringContaining('none.md'), expect.stringContaining('two.md')])
  })
  test('link to what is there', () => {
    const page = sample(
      'docs/a.md',
      '# A\n[b](b.md) [x](../src/) [h](#a) [w](https://w.org) `[c](c.md)`\n```\n[c](c.md)\n```',
    )
    const rest = [sample('docs/b.md', '# B\n## Two words, and `code`'), sample('src/a.ts', '')]
    expect(deadLinks([page, ...rest])).toEqual([])
    const links = ['[c](c.md)', '[h](#b)', '[b](b.md#three)', '[r]: gone.md'].join('\n\n')
    expect(deadLinks([sample('docs/c.md', links.replace('c.md', 'd.md')), ...rest])).toHaveLength(4)
    expect(deadLinks([sample('docs/c.md', '[b](b.md#two-words-and-code)'), ...rest])).toEqual([])
  })
  describe('of decisions', () => {
    const decision = (name: string, lines = 3) => sample(`docs/decisions/${name}`, '# A\n'.repeat(lines))
    const index = (...lines: string[]) => sample('docs/decisions/README.md', ['# I', ...lines].join('\n'))
    const line = (name: string) => `- ${name.slice(0, 4)} [A](${name})`
    test.each<[string, ReturnType<typeof sample>[], string[]]>([
      ['as they are to be', [index(line('0001-a.md')), decision('0001-a.md', 30)], []],
      ['too long', [index(line('0001-a.md')), decision('0001-a.md', 31)], ['has 31 lines']],
      [
        'of the same number',
        [index(line('0001-a.md'), line('0001-b.md')), decision('0001-a.md'), decision('0001-b.md')],
        ['is taken'],
      ],
      [
        'without a number',
        [index('- 0001 [A](0001-a.md)', line('c.md')), decision('0001-a.md'), decision('c.md')],
        ['NNNN', 'in order'],
      ],
      ['that the index leaves out', [index(), decision('0001-a.md')], ['in order']],
      [
        'out of order',
        [index(line('0002-b.md'), line('0001-a.md')), decision('0001-a.md'), decision('0002-b.md')],
        ['in order'],
      ],
      ['under another title', [index('- 0001 [B](0001-a.md)'), decision('0001-a.md')], ['by their titles']],
      ['with a number left out', [index(line('0002-b.md')), decision('0002-b.md')], ['Never used: 0001.']],
      [
        'with a number left out that the index names',
        [index('Never used: 0001,\n0002.', line('0003-c.md')), decision('0003-c.md')],
        [],
      ],
      [
        'with a number that is used after all',
        [index('Never used: 0001.', line('0001-a.md')), decision('0001-a.md')],
        ['and says 0001'],
      ],
    ])('%s', (_which, files, complaints) => {
      expect(decisions(files)).toEqual(complaints.map((text) => expect.stringContaining(text)))
    })
  })
  test('give up their designs', () => {
    const page = '# A\n```yaml loadpath\na: 1\nb: 2\n```\n```yaml\nc: 3\n```\n```yaml loadpath\nd: 4\n```\n'
    expect(designSnippets([sample('a.md', page)])).toEqual([
      { path: 'a.md', line: 3, text: 'a: 1\nb: 2\n' },
      { path: 'a.md', line: 10, text: 'd: 4\n' },
    ])
  })
})

describe('the tree', () => {
  test('holds no strangers', () => {
    expect(strangers([sample('a.sqlite', ''), sample('notes', '')])).toHaveLength(2)
    expect(strangers([sample('a.ts', ''), sample('LICENSE', ''), sample('.ci/run', '')])).toEqual([])
  })
  test('is not deep', () => {
    expect(tooDeep(['packages/core/src/a/b/c/d/e.ts'])).toHaveLength(1)
    expect(tooDeep(['packages/core/src/a/b/c/e.ts', 'docs/a/b/c/d/e.md'])).toEqual([])
  })
  test('is on the map', () => {
    const source = sample('packages/core/src/kernel/agenda.ts', '')
    expect(unmapped([sample('ARCHITECTURE.md', '`kernel/` has `kernel/agenda.ts`'), source])).toEqual([])
    expect(unmapped([sample('ARCHITECTURE.md', '`agenda.ts`'), source])).toEqual([expect.stringContaining('`kernel/`')])
    expect(unmapped([sample('ARCHITECTURE.md', '`kernel/` has `clock.ts`'), source])).toEqual([
      expect.stringContaining('clock.ts'),
    ])
  })
  test('holds no burdens', () => {
    expect(blobs([{ path: 'a.csv', bytes: 500_001, text: '' }])).toHaveLength(1)
    expect(blobs([{ path: 'a.csv', bytes: 500_000, text: '' }])).toEqual([])
  })
})

test('only TypeScript is parsed', () => expect(parseAll([sample('a.md', ''), sample('a.ts', '')])).toHaveLength(1))

describe('levels of tests', () => {
  const own = `import { expect, test } from 'vitest'\n`
  test.each([
    ['packages/core/src/kernel/a.ts', own],
    ['packages/core/src/kernel/a.quick.ts', own],
    ['bench/a.test.ts', own],
    ['validation/a.test.mts', own],
  ])('%s is run by no command', (path, text) => {
    expect(testsNobodyRuns([{ path, text }])).toEqual([expect.stringContaining('no command runs')])
  })

  test.each([
    ['packages/core/src/kernel/a.test.ts', own],
    ['packages/cli/src/fuzz/a.full.ts', own],
    ['claims/a.slow.ts', own],
    ['tidy.test.ts', own],
    ['packages/core/src/kernel/testing-a.ts', `import { expect } from 'vitest'\n`],
  ])('%s is in order', (path, text) => {
    expect(testsNobodyRuns([{ path, text }])).toEqual([])
  })
})

describe('contract suites', () => {
  const family = {
    path: 'packages/core/src/faults/index.ts',
    text: `export const faults = registry<Fault>('fault', members)`,
  }
  const suite = (text: string) => ({ path: 'packages/core/src/faults/contract.test.ts', text })

  test('a family without one is found', () => {
    expect(familiesWithoutContract([family])).toEqual([expect.stringContaining('no contract.test.ts')])
  })

  test('a family without a row in the table is found', () => {
    expect(familiesWithoutRow([family], '| fault | `fault/` |')).toEqual([expect.stringContaining('add `faults/`')])
    expect(familiesWithoutRow([family], '| fault, line | `{faults,lines}/` |')).toEqual([])
  })

  test('one that does not go through the registry is found', () => {
    expect(familiesWithoutContract([family, suite(`it.each(['crash'])`)])).toEqual([
      expect.stringContaining('does not try every member'),
    ])
    expect(familiesWithoutContract([family, suite('it.each(faults.members)')])).toEqual([])
  })
})
