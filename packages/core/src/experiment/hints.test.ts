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
    'call: db.read, hedge: 95%',
    '8:69: error: wrong-form: `after` must be a percentile such as `p95`',
    'write `p95`',
  ],
  [
    'type: database',
    'type: load-balancer, targets: web, sticky: ip',
    '9:52: error: unknown-name: unknown stickiness of a balancer `ip`',
    'write `source`',
  ],
  [
    'call: db.read',
    'call: db.read, pool: 10',
    '8:62: error: conflicting-fields: `pool` cannot be said of one call: all calls to a block share it',
    'write it in the block: `calls: { db: { pool: … } }`',
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

const struck = (fault: string) => `faults: [{ crash: web, ${fault} }]\nrun: { for: 60s }\nblocks:`
const asked = (objective: string) => `faults: [{ crash: web, name: lost }]\nobjectives: [${objective}]\nblocks:`

/** A remedy has the number that was given, and where a field or a name belongs. */
const remediesThatKeepTheNumber: readonly (readonly [string, string, string])[] = [
  ['blocks:', struck('after: 10s'), 'write `at: 10s`'],
  ['blocks:', struck('mtbf: 4h'), 'write `every: exponential 4h`'],
  ['blocks:', struck('every: 1h, mttr: 1min'), 'write `for: exponential 1min`'],
  ['blocks:', struck('duration: 5'), 'write `for: 30s`'],
  ['blocks:', struck('count: 3'), 'write `count: 1` or fewer, or give `web` more instances'],
  ['type: service,', 'type: service, cpu: 500m,', 'write `cores: 1` and `speed: 0.5`'],
  ['type: service,', 'type: service, cpu: 4,', 'write `cores: 4`'],
  ['type: service,', 'type: service, pause: 1s,', 'write under `faults`: `{ pause: web, … }`'],
  ['type: database', 'type: queue, workers: 4', 'write `instances: 4` inside it: `db.workers.instances`'],
  ['type: database', 'type: database, hit-ratio: 90%', 'remove it: `hit-ratio` is a result; `objectives` may bound'],
  ['call: db.read', 'call: db.read, connection-timeout: 3s', 'write `patience: 3s`'],
  ['call: db.read', 'call: db.read, retries: 5', 'write `retry: 5`, the first attempt included'],
  ['call: db.read', 'call: db.read, retry: { max: 5 }', 'write `attempts: 5`, the first attempt included'],
  ['call: db.read', 'call: db.read, retry: { delay: 250ms }', 'write `back-off: constant 250ms`'],
  ['call: db.read', 'call: db.read, backoff: 250ms', 'write `retry: { attempts: 3, back-off: constant 250ms }`'],
  ['call: db.read', 'call: db.read, retries: 0', 'write `retry: 3`, the first attempt included'],
  ['type: database', 'type: cache, of: web, size: 512MiB', 'write `capacity: 512MiB`'],
  ['type: database', 'type: cache, of: web, nodes: 6', 'write `instances: 6`'],
  ['type: service,', 'type: service, latency: 12ms,', 'write `endpoints: { any: [{ wait: 12ms }] }`'],
  ['blocks:', asked('db.length < 10'), 'write `queue-length`'],
  ['blocks:', asked('view.latency.p99 < 1s'), 'leave out `latency`: the measure stands after `view.`'],
  ['blocks:', asked('view.p99 < 1s after'), 'write `after lost`'],
  ['blocks:', asked('view.p99 < 1s during visitors'), '`visitors` is a source of traffic, no fault'],
]

/** What a newcomer writes, and the remedy. */
const newcomers: readonly (readonly [string, string, string])[] = [
  ['type: database', 'type: postgres', 'write `type: database` with `like: postgresql`'],
  ['type: database', 'type: mongodb', 'write `type: database`'],
  ['type: database', 'type: sqs', 'write `type: queue`'],
  ['type: database', 'type: django', 'write `type: service`'],
  ['[{ call: db.read }]', '[{ branch: [{ call: db.read }] }]', 'write `{ branch: …, do: … }`'],
  ['[{ call: db.read }]', '[db.read]', 'write `call: db.read`'],
  ['call: db.read', 'http: db.read', 'write `call`'],
  ['call: db.read', 'cpu: 5ms', 'write `compute`'],
  ['call: db.read', 'call: db, operation: read', 'write the operation after a dot: `call: db.read`'],
  ['call: db.read', 'call: db.select', 'write `db.read`'],
  ['call: db.read', 'call: db.read, retry: { count: 4 }', 'write `attempts: 4`, the first attempt included'],
  ['call: db.read', 'compute: 5kb', 'write `5s` or `5ms`'],
  ['call: db.read', 'compute: 500m', 'write `500ms` or `500min`'],
  ['call: db.read', 'compute: 5-10ms', 'write a range with two dots: `5ms..10ms`'],
  ['call: db.read', 'compute: ~5ms', 'write `5ms ± 20%`'],
  ['call: db.read', 'compute: normal 5ms', 'write two percentiles: `{ p50: 5ms, p99: 9ms }`'],
  ['call: db.read', 'compute: { mean: 5ms, stddev: 2ms }', 'write `cv: 0.4`, the standard deviation over the mean'],
  ['type: service,', 'type: service, memory: 4GiB,', 'remove it: the memory of an instance is not there yet'],
  [
    'type: service,',
    'type: service, depends_on: [db],',
    'remove it: a service depends on the blocks that its steps `call`',
  ],
  [
    'type: service,',
    'type: service, url: web.example,',
    'remove it: a design describes work, not addresses or programs',
  ],
  ['type: service,', 'type: service, instances: 2.5,', 'write `2` or `3`'],
  ['type: service,', 'type: service, instances: 0,', 'write at least 1 and at most 10k'],
  ['rate: 100/s', 'rate: 100rps', 'write `100/s`'],
  ['rate: 100/s', 'rate: 100 per second', 'write `100/s`'],
  ['rate: 100/s', 'rate: 100', 'add the unit: `100/s` or `100/min`'],
  ['rate: 100/s', 'rate: 1,000/s', 'write the number without a comma'],
  ['rate: 100/s', 'rate: 100/s, users: 10', 'keep one of them'],
  ['to: front ', 'to: front, method: GET ', 'in a replay write `http: GET /photos`'],
  ['type: database', 'type: database, read: yes', 'write a duration such as `200ms`'],
  ['type: database', 'type: database, cache: true', 'add a block: `{ type: cache, of: db, capacity: 10k }`'],
  ['  db: { type: database }', '  db: {type:database}', 'write `type: database`'],
  [
    '  db: { type: database }',
    '  db: type: database',
    'quote a text with a colon; put an inner mapping into `{ }` or on a line of its own',
  ],
  ['  db: { type: database }', '\tdb: { type: database }', 'indent with spaces'],
  [
    '  db: { type: database }',
    '  db: { type: database }\n  db: { type: database }',
    'keep one of them; the first is on line 9',
  ],
  ['targets: wire', 'targets: wire, choice: least_conn', 'did you mean `least-outstanding`?'],
  ['targets: wire', 'targets: wire, health-check: yes', 'write a value; Loadpath has no booleans'],
  ['targets: wire', 'targets: [wire, nothere]', 'add `nothere` under `blocks`, or name another block'],
  ['blocks:', 'run: { duration: 60s }\nblocks:', 'write `for: 60s`'],
  ['blocks:', 'run: 60s\nblocks:', 'write `run: { for: 60s }`'],
  ['blocks:', 'objectives: [view.latency < 200ms]\nblocks:', 'write a percentile, `p99`, or the `mean`'],
  ['blocks:', 'objectives: [view.error-rate < 1%]\nblocks:', 'write `availability > 99%` for an error rate below 1 %'],
  ['blocks:', 'objectives: [view.throughput > 90]\nblocks:', 'add the unit: `90/s` or `90/min`'],
  ['blocks:', 'objectives: [view.p999 < 1s]\nblocks:', 'write `view.p99.9`'],
  ['blocks:', 'objectives: [web.cpu < 80%]\nblocks:', 'write `utilization`'],
  ['blocks:', 'objectives: [p99 < 200ms from 1s]\nblocks:', 'write both ends: `from 1s to …`'],
  ['blocks:', 'objectives: view.p99 < 1s\nblocks:', 'write `objectives: [view.p99 < 1s]`'],
  ['blocks:', 'faults: [{ kill: web, at: 10s }]\nrun: { for: 60s }\nblocks:', 'write `crash`'],
  [
    'blocks:',
    'faults: [{ type: crash, target: web, at: 10s }]\nrun: { for: 60s }\nblocks:',
    'write `crash` as the key: `{ crash: … }`',
  ],
  [
    'blocks:',
    'faults: [{ crash: web.0, at: 10s }]\nrun: { for: 60s }\nblocks:',
    'write `web.1`: instances are numbered from 1',
  ],
  ['blocks:', 'faults: [{ crash: web, at: 10s, duration: 5s }]\nrun: { for: 60s }\nblocks:', 'write `for: 5s`'],
  ...remediesThatKeepTheNumber,
  ['blocks:', 'variants: { big: { web: { instances: 4 } } }\nblocks:', 'write `web.instances: …`'],
  ['blocks:', 'slos: [view.p99 < 1s]\nblocks:', 'write `objectives`'],
  ['name: shop', 'description: A shop.\nname: shop', 'write `about`'],
]

test.each(newcomers)('the remedy for a change of %s to %s: %s', (from, to, help) => {
  expect(saidOf(from, to)).toContain(`\n  help: ${help}`)
})

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

  test('uniform 2ms to 4ms is { distribution: uniform, min: 2ms, max: 4ms }', () => {
    const waiting = (time: string) => valuesOf('{ call: db.read }', `{ call: db.read }, { wait: ${time} }`)
    expect(waiting('uniform 2ms to 4ms')).toEqual(waiting('{ distribution: uniform, min: 2ms, max: 4ms }'))
    const said = saidOf('call: db.read', 'compute: uniform 15ms')
    expect(said).toContain('expected: `uniform {min} to {max}`')
    expect(said).not.toContain('help: write `compute')
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
