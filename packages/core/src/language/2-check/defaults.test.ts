import { describe, expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { readDesign } from '../index.ts'

function read({ top = '', web = '', step = '', request = '', variants = '' }, variant?: string) {
  const text = `loadpath: 1
name: inheriting
${top}
traffic: { people: { rate: 9/s, requests: { get: { to: web, ${request} } } } }
blocks:
  web: { type: service, ${web} endpoints: { get: [{ parallel: [{ call: db.read, ${step} }] }] } }
  db: { type: database }
run: { for: 9s, repeat: 2 }
${variants}
`
  return readDesign(text, catalogue, variant === undefined ? {} : { variant })
}

/** What is in force for the call from `web` to `db`. */
function callOf(parts: Parameters<typeof read>[0], variant?: string): Record<string, unknown> {
  const { design, problems } = read(parts, variant)
  if (design === undefined) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('; '))
  const endpoints = design.blocks.find(({ name }) => name === 'web')?.values.endpoints as never
  return (endpoints as { get: [{ values: { branches: [[{ values: Record<string, unknown> }]] } }] }).get[0].values
    .branches[0][0].values
}

describe('a call', () => {
  it('has what the step says before what `calls` says, and that before `defaults`', () => {
    const top = 'defaults: { call: { timeout: 1s, patience: 7s, cancels: all } }'
    const found = callOf({ top, web: 'calls: { db: { timeout: 2s, patience: 8s } },', step: 'timeout: 3s' })
    expect([found.timeout, found.cancels]).toEqual([3000, 'all'])
    expect(found.patience).toMatchObject({ values: { value: 8000 } })
  })

  it('combines records field by field, whichever is written short', () => {
    const top = 'defaults: { call: { retry: { attempts: 5, back-off: none, budget: 20% } } }'
    const { retry } = callOf({ top, step: 'retry: 2' })
    expect(retry).toMatchObject({ attempts: 2, 'back-off': { name: 'none' }, budget: { share: 0.2, burst: 10 } })
  })

  it('refines the policy in force with a mapping that names none', () => {
    const top = 'defaults: { call: { retry: { back-off: constant 30ms } } }'
    const { retry } = callOf({ top, step: 'retry: { back-off: { delay: 10ms } }' })
    expect(retry).toMatchObject({ 'back-off': { name: 'constant', values: { delay: 10 } } })
  })

  it('takes away with `none` what it would inherit', () => {
    expect(callOf({ web: 'calls: { db: { timeout: 2s } },', step: 'timeout: none' }).timeout).toBeUndefined()
  })

  it('inherits no fallback inside a fallback', () => {
    const web = 'calls: { db: { timeout: 2s, on-failure: [{ call: db.write }] } },'
    const found = callOf({ web })
    expect(found['on-failure']).toMatchObject([{ name: 'call', values: { timeout: 2000, 'on-failure': 'fail' } }])
    expect(callOf({ top: 'defaults: { call: { on-failure: [{ call: db.write }] } }' })['on-failure']).toHaveLength(1)
  })

  it('follows a variant of what it inherits from', () => {
    const parts = {
      top: 'defaults: { call: { timeout: 1s } }',
      web: 'calls: { db: { breaker: 3 of 4 } },',
      variants: 'variants: { other: { defaults.call.timeout: 4s, web.calls.db.breaker.for: 5s } }',
    }
    expect(callOf(parts, 'other')).toMatchObject({ timeout: 4000, breaker: { opens: { k: 3, n: 4 }, for: 5000 } })
  })

  it('cannot say of itself what all calls to the block share', () => {
    const { problems } = read({ step: 'breaker: 3 of 4' })
    expect(problems.map(({ message, hint }) => [message, hint])).toEqual([
      [
        '`breaker` cannot be said of one call: all calls to a block share it',
        'write it in the block: `calls: { db: { breaker: … } }`',
      ],
    ])
  })
})

it('a request inherits from `defaults.request`, and no step does', () => {
  const top = 'defaults: { request: { timeout: 1s, deadline: 2s } }'
  const { design } = read({ top, request: 'deadline: 3s' })
  expect(design?.sources[0]?.values.requests).toMatchObject({ get: { timeout: 1000, deadline: 3000 } })
  expect(callOf({ top }).timeout).toBeUndefined()
})

it('a block begins with what is said of its type, before a preset and after its own fields', () => {
  const top = 'defaults: { service: { cores: 8, workers: 50 } }'
  const { design } = read({ top, web: 'cores: 2,' })
  expect(design?.blocks.find(({ name }) => name === 'web')?.values).toMatchObject({ cores: 2, workers: 50 })
})

it.each([
  ['defaults: { serviec: {} }', 'there are no defaults for `serviec`'],
  ['defaults: { call: { timeout: 2 } }', '`timeout` has no unit: `2`'],
  ['defaults: { call: { timout: 2s } }', 'unknown field `timout` in `defaults.call`'],
  ['defaults: { service: { cores: 0 } }', '`cores` is out of range: `0`'],
])('%s is a mistake, once', (top, message) => {
  expect(
    read({ top })
      .problems.filter(({ severity }) => severity === 'error')
      .map((one) => one.message),
  ).toEqual([message])
})

it.each([
  ['calls: { db: { timeout: 2 } },', '`timeout` has no unit: `2`'],
  ['calls: { nowhere: { timeout: 2s } },', '`calls.nowhere` has no effect: no step calls `nowhere`'],
])('%s is a mistake, once', (web, message) => {
  expect(read({ web }).problems.map((one) => one.message)).toEqual([message])
})
