import { describe, expect, test } from 'vitest'
import { printProblem, readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'

const design = `loadpath: 1
name: shop
traffic:
  visitors: { rate: 100/s, requests: { view: { to: front } } }
blocks:
  front: { type: load-balancer, targets: wire }
  wire: { type: link, to: web }
  web: { type: service, endpoints: { view: [{ call: db.read }] } }
  db: { type: database }
`

/** Everything that is said about the design with one thing changed. */
function saidOf(from: string, to: string, set: readonly string[] = []): string {
  expect(design).toContain(from)
  const text = design.replace(from, () => to)
  return readDesign(text, catalogue, { set })
    .problems.map((problem) => printProblem(problem, text))
    .join('\n')
}

/** The message, where it stands, and the remedy. */
const rows: readonly (readonly [string, string, string, string])[] = [
  [
    'type: service,',
    'type: service, replicas: 3,',
    '8:25: error: unknown-field: unknown field `replicas` in `web`',
    'write `instances: 3`',
  ],
  [
    'type: database',
    'type: database, replicas: 3',
    '9:25: error: unknown-field: unknown field `replicas` in `db`',
    'remove it: replicas are not there yet',
  ],
  [
    'type: database',
    'type: redis',
    '9:15: error: unknown-name: unknown block type `redis`',
    'write `type: cache` with `like: redis`',
  ],
  [
    'type: database',
    'type: nginx',
    '9:15: error: unknown-name: unknown block type `nginx`',
    'write `type: load-balancer` or `type: cache` with `like: nginx`',
  ],
  ['type: database', 'type: kafka', '9:15: error: unknown-name: unknown block type `kafka`', 'write `type: queue`'],
  [
    '[{ call: db.read }]',
    '[{ sleep: 5ms }, { call: db.read }]',
    '8:47: error: unknown-name: unknown step `sleep`',
    'write `wait`',
  ],
  [
    'call: db.read',
    'call: db.read, timeout: 2',
    '8:71: error: missing-unit: `timeout` has no unit: `2`',
    'add the unit: `2s` or `2ms`',
  ],
  [
    'call: db.read',
    'call: db.read, retry: { back-off: exponential 200ms }',
    '8:81: error: wrong-form: `exponential 200ms` is no form of `exponential`',
    'write `back-off: { type: exponential, first: 200ms }`',
  ],
  [
    'call: db.read',
    'call: db.read, pool: 10',
    '8:62: error: unknown-field: unknown field `pool` in `web.endpoints.view.1`',
    'write `connections: 10` at the database that is called',
  ],
  [
    'to: front ',
    'to: front, retries: 3 ',
    '4:59: error: unknown-field: unknown field `retries` in `visitors.requests.view`',
    'write `retry: 3`, the first attempt included',
  ],
  [
    'blocks:',
    'objectives: [{ that: view.p99 < 1s, in: half, from: 1s, to: 2s }]\nvariants: { half: {} }\nblocks:',
    '5:14: error: wrong-form: the objective is a mapping, not a text',
    'write `half.view.p99 < 1s from 1s to 2s`',
  ],
  [
    'rate: 100/s',
    'qps: 100, rate: 100/s',
    '4:15: error: unknown-field: unknown field `qps` in `visitors`',
    'write `rate: 100/s`',
  ],
]

describe('an error has a remedy that can be typed', () => {
  test.each(rows)('%s → %s', (from, to, head, help) => {
    const said = saidOf(from, to)
    expect(said.split('\n')[0]).toBe(`design:${head}`)
    expect(said).toContain(`\n  help: ${help}`)
  })

  test('a message is printed with its place, excerpt, value and remedy', () => {
    expect(saidOf('type: database', 'type: redis')).toBe(`design:9:15: error: unknown-name: unknown block type \`redis\`
    |
  9 |   db: { type: redis }
    |               ^^^^^
  expected: \`link\`, \`load-balancer\`, \`service\`, \`cache\`, \`cdn\`, \`database\` or \`queue\`
  found: \`redis\`
  help: write \`type: cache\` with \`like: redis\``)
  })
})

test('an operation that nothing has is reported at the call that names it, not behind balancers and links', () => {
  expect(
    saidOf('view: { to: front }', 'upload: { to: front }'),
  ).toBe(`design:4:54: error: unknown-operation: \`web\`, behind \`front\`, has no operation \`upload\`
    |
  4 |   visitors: { rate: 100/s, requests: { upload: { to: front } } }
    |                                                      ^^^^^
  expected: \`front.view\`
  found: \`front\`
  help: name the operation in the call: \`front.view\``)
})

describe('a main field may stand alone', () => {
  const valuesOf = (from: string, to: string, set: readonly string[] = []) => {
    const { design: read, problems } = readDesign(design.replace(from, to), catalogue, { set })
    expect(problems).toEqual([])
    return read
  }

  test('retry: 3 is retry: { attempts: 3 }', () => {
    const short = valuesOf('to: front ', 'to: front, retry: 3 ')
    expect(short).toEqual(valuesOf('to: front ', 'to: front, retry: { attempts: 3 } '))
    expect(JSON.stringify(short)).toContain('"attempts":3')
  })

  test('health-check: 1s is health-check: { every: 1s }', () => {
    expect(valuesOf('targets: wire', 'targets: wire, health-check: 1s')).toEqual(
      valuesOf('targets: wire', 'targets: wire, health-check: { every: 1s }'),
    )
  })

  test('a path goes through the short form', () => {
    expect(valuesOf('to: front ', 'to: front, retry: 3 ', ['visitors.requests.view.retry.back-off=none'])).toEqual(
      valuesOf('to: front ', 'to: front, retry: { attempts: 3, back-off: none } '),
    )
  })

  test('a value that is none is reported by the name of the field', () => {
    expect(saidOf('to: front ', 'to: front, retry: many ')).toContain('`attempts` is not a count')
  })
})
