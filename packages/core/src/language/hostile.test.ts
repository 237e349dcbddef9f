import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { designSchema, fixDesign, printProblem, readDesign, readObject } from './index.ts'
import { toyCatalogue } from './toy-catalogue.ts'
import { toyDesign } from './toy-design.ts'

/** Codes of what is wrong. Each takes about a second at most; the limit allows for a busy machine. */
function codesOf(text: string): readonly string[] {
  const begin = Date.now()
  const { problems, design } = readDesign(text, toyCatalogue)
  expect(Date.now() - begin).toBeLessThan(15_000)
  expect(design).toBeUndefined()
  return [...new Set(problems.map(({ code }) => code))]
}

const repeated = (text: string, times: number) => text.repeat(times)
const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...'bcdefghij'.split('').map((name, index) => {
    const previous = 'abcdefghij'[index]
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${previous}`).join(', ')}]`
  }),
].join('\n')

describe('hostile text is refused in bounded time', () => {
  it.each([
    ['100 MB', () => repeated('a', 100 * 1024 * 1024), ['too-large']],
    ['an alias bomb', () => bomb, ['unknown-field', 'too-many-aliases', 'missing-field']],
    ['an alias inside its own anchor', () => 'a: &a [*a]', ['unknown-field', 'too-many-aliases']],
    ['500k open brackets', () => repeated('[', 500_000), ['too-deep']],
    ['100k open braces', () => repeated('{a: ', 100_000), ['too-deep']],
    ['100k dashes', () => repeated('- ', 100_000), ['too-deep']],
    ['100k question marks', () => repeated('? ', 100_000), ['too-deep']],
    [
      '1400 levels of indentation',
      () => Array.from({ length: 1400 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
      ['too-deep'],
    ],
    [
      '60 levels of indentation',
      () => Array.from({ length: 60 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
      ['too-deep'],
    ],
    ['50k tags', () => repeated('!a ', 50_000), ['yaml-syntax']],
    ['closing brackets', () => repeated(']', 100_000), ['yaml-syntax']],
    ['a quote without end', () => `"${repeated('a', 1_000_000)}`, ['yaml-syntax']],
    ['nothing', () => '', ['missing-field']],
    ['a list', () => '- 1', ['wrong-form']],
    ['a NUL', () => '\0', ['wrong-form']],
  ] as readonly [string, () => string, readonly string[]][])('%s', (_name, text, codes) => {
    const found = codesOf(text())
    for (const code of codes) expect(found).toContain(code)
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    '%s is a key like any other',
    (key) => {
      for (const [from, to] of [
        ['    instances: 8', `    ${key}: 8`],
        ['objectives:', `${key}:`],
        ['  photos: {', `  ${key}: {`],
        ['      view: {', `      ${key}: {`],
        ['mode', key],
        ['eviction: slru', `eviction: ${key}`],
        ['web.instances: 4', `${key}.instances: 4`],
        ['web.instances: 4', `web.${key}.polluted: 4`],
        ['view.p99 <', `${key}.p99 <`],
        ['photos.leader', `photos.${key}`],
        ['- call: album.read', `- ${key}: album.read`],
        ['type: database', `type: ${key}`],
      ] as const) {
        if (!toyDesign.includes(from)) continue
        expect(readDesign(toyDesign.replace(from, to), toyCatalogue).design).toBeUndefined()
      }
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
      expect(Object.keys(Object.prototype)).toEqual([])
    },
  )

  it.each(['.nan', '.inf', '-.inf', 'NaN', '1e308/s', '1e999/s', '-1/s', '1e-300/s', '0x10/s', '\u0661/s', '1/s/s'])(
    'a rate of %s is refused',
    (rate) => {
      const text = toyDesign.replace('2000/s \u00b1 20%', rate)
      expect(readDesign(text, toyCatalogue).problems).toMatchObject([{ path: 'visitors.rate', severity: 'error' }])
    },
  )

  it.each(['/etc/passwd', '../x', 'a/../../x', 'C:\\x', '\\\\server\\x', 'a\\..\\x', '..', 'c:x'])(
    'the file %s is not read',
    (path) => {
      const text = toyDesign.replace(
        '{ crash: photos.leader, at: 10s }',
        `{ surge: visitors, factor: 2, measured: '${path}' }`,
      )
      const asked: string[] = []
      const readFile = (name: string) => {
        asked.push(name)
        return 'secret'
      }
      expect(readDesign(text, toyCatalogue, { readFile }).problems.map(({ code }) => code)).toEqual(['outside-folder'])
      expect(asked).toEqual([])
    },
  )

  it('a file inside the folder is read, and its text is in the design', () => {
    const text = toyDesign.replace(
      '{ crash: photos.leader, at: 10s }',
      '{ surge: visitors, factor: 2, measured: a/b.txt }',
    )
    const { design } = readDesign(text, toyCatalogue, { readFile: (path) => `text of ${path}` })
    expect(design?.faults[1]?.values.measured).toBe('text of a/b.txt')
  })

  it('follows a chain as long as a design can be', () => {
    const block = (index: number) => `  b${index}: { type: load-balancer, targets: b${index + 1} }`
    const blocks = Array.from({ length: 15_000 }, (_, index) => block(index)).join('\n')
    const text = `loadpath: 1\nname: chain\ntraffic: { t: { rate: 1/s, requests: { view: { to: b0 } } } }\nblocks:\n${blocks}\n`
    expect(codesOf(text)).toEqual(['unknown-name'])
    expect(codesOf(text.replace('targets: b15000', 'targets: b0'))).toEqual(['cycle-between-blocks'])
  })

  it('finds a long circle quickly', () => {
    const block = (index: number) =>
      `  b${index}: { type: service, endpoints: { view: [ { call: b${(index + 1) % 1000}.view }, { call: b${(index + 7) % 1000}.view } ] } }`
    const text = `loadpath: 1\nname: ring\ntraffic:\n  t: { rate: 1/s, requests: { view: { to: b0 } } }\nblocks:\n${Array.from({ length: 1000 }, (_, index) => block(index)).join('\n')}\n`
    expect(codesOf(text)).toEqual(['cycle-between-blocks'])
  })

  it('no control character of a file reaches the terminal', () => {
    const text = toyDesign.replace('name: photo sharing', 'name: x\n"\u001b[31m\u202e": 1')
    const { problems } = readDesign(text, toyCatalogue)
    const printed = problems.map((problem) => printProblem(problem, text)).join('')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })
})

describe('whatever is written', () => {
  const words = fc.constantFrom(...new Set(toyDesign.split(/(\s+|[{}[\]:,])/)))
  const noise = fc.oneof(
    words,
    fc.string(),
    fc.constantFrom('\n', '  ', ': ', '- ', '{', '}', '[', ']', '&a', '*a', '!t', '|', '"'),
  )

  it('hostile text throws nothing, and gives a design exactly if it has no error', () => {
    const edits = fc.array(fc.tuple(fc.nat(toyDesign.length), fc.nat(12), noise), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(edits, (changes) => {
        let text = toyDesign
        for (const [at, length, insert] of changes) text = text.slice(0, at) + insert + text.slice(at + length)
        const { design, problems } = readDesign(text, toyCatalogue)
        expect(design === undefined).toBe(problems.some(({ severity }) => severity === 'error'))
        for (const problem of problems) printProblem(problem, text)
        fixDesign(text, toyCatalogue)
        if (design !== undefined) expect(structuredClone(design)).toEqual(design)
      }),
      { numRuns: 300 },
    )
  })

  it('a hostile object throws nothing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readObject(value, toyCatalogue).design).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })

  it('the schema is finite', () => {
    expect(JSON.stringify(designSchema(toyCatalogue)).length).toBeLessThan(100_000)
  })
})
