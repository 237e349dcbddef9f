import { describe, expect, it } from 'vitest'
import { catalogue } from '../experiment/catalogue.ts'
import { readDesign } from './read-design.ts'

const design = (variants: string, more = '') => `loadpath: 1
name: parts of variants
traffic:
  readers: { rate: 50/s, requests: { view: { to: web, key: zipf 0.9 over 10k, timeout: 1s } } }
blocks:
  web: { type: service, endpoints: { view: [{ call: db.read }] } }
  db: { type: database, read: 5ms }
variants:
  other: ${variants}
${more}`

function read(
  variants: string,
  { more = '', variant = 'other' }: { more?: string; variant?: string | undefined } = {},
) {
  return readDesign(design(variants, more), catalogue, { variant })
}

const cached = `{ blocks.copy: { type: cache, of: db.read, capacity: 1k }, web.endpoints.view: [{ call: copy.read }] }`

describe('a variant', () => {
  it('adds a block, which objectives of the variant may name', () => {
    const more = 'objectives: [other.copy.hit-ratio > 10%]'
    expect(read(cached, { more }).problems).toEqual([])
    expect(read(cached, { more }).design?.blocks.map(({ name }) => name)).toEqual(['copy', 'db', 'web'])
    const base = readDesign(design(cached, more), catalogue)
    expect(base.problems).toEqual([])
    expect(base.design?.blocks.map(({ name }) => name)).toEqual(['db', 'web'])
  })

  it('parts that a variant adds are unknown in the base design', () => {
    const { problems } = readDesign(design(cached, 'objectives: [copy.hit-ratio > 10%]'), catalogue)
    expect(problems.map(({ code }) => code)).toContain('unknown-name')
  })

  it('is warned of a block that it adds and nothing calls', () => {
    const { problems } = readDesign(design('{ blocks.copy: { type: cache, of: db.read, capacity: 1k } }'), catalogue)
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual(['unused-block copy'])
  })

  it('uses a block that the design as it stands does not', () => {
    const text = design('{ web.endpoints.view: [{ call: spare.read }] }').replace(
      'variants:',
      '  spare: { type: database, read: 1ms }\nvariants:',
    )
    expect(readDesign(text, catalogue).problems).toEqual([])
  })

  it('adds a source of traffic', () => {
    const variants = '{ traffic.robots: { rate: 5/s, requests: { crawl: { to: web.view, key: uniform over 10k } } } }'
    const { design: found, problems } = read(variants, { more: 'objectives: [other.crawl.p99 < 1s]' })
    expect(problems).toEqual([])
    expect(found?.sources.map(({ name }) => name)).toEqual(['readers', 'robots'])
  })

  it('removes a block by `none`', () => {
    const { design: found, problems } = read('{ blocks.db: none, web.endpoints.view: [{ compute: 1ms }] }')
    expect(problems).toEqual([])
    expect(found?.blocks.map(({ name }) => name)).toEqual(['web'])
  })

  it("cannot take `disk` from a database with a buffer pool, in today's form or the former one", () => {
    for (const pool of ['buffer: { capacity: 1GiB }, disk: 1ms', 'buffer: { capacity: 1GiB, disk: 1ms }']) {
      const text = design('{ db.disk: none }').replace('read: 5ms', pool)
      const { design: found, problems } = readDesign(text, catalogue, { variant: 'other' })
      expect(found).toBeUndefined()
      expect(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
        'conflicting-fields',
      ])
    }
  })

  it('takes a buffer pool away with its disk', () => {
    for (const taken of ['{ db.buffer: none }', '{ db.buffer: none, db.disk: none }']) {
      const text = design(taken).replace('read: 5ms', 'buffer: { capacity: 1GiB }')
      const { design: found, problems } = readDesign(text, catalogue, { variant: 'other' })
      expect(problems).toEqual([])
      const { buffer, disk } = found?.blocks.find(({ name }) => name === 'db')?.values ?? {}
      expect([buffer, disk]).toEqual([undefined, undefined])
    }
  })

  it('removes a field that may be absent by `none`', () => {
    const { design: found, problems } = read('{ readers.requests.view.timeout: none }')
    expect(problems).toEqual([])
    expect(found?.sources[0]?.values).toMatchObject({ requests: { view: { weight: 1 } } })
    expect(JSON.stringify(found?.sources)).not.toContain('timeout')
  })

  it('cannot remove what is not there, or what must be', () => {
    expect(read('{ blocks.data: none }').problems[0]?.code).toBe('unknown-path')
    expect(read('{ readers.requests.view.to: none }').problems[0]?.severity).toBe('error')
  })
})
