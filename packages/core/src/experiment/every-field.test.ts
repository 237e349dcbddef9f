import { describe, expect, it } from 'vitest'
import { database } from '../blocks/database/database.ts'
import { link } from '../blocks/link/link.ts'
import { loadBalancer } from '../blocks/load-balancer/load-balancer.ts'
import { queue } from '../blocks/queue/queue.ts'
import { service } from '../blocks/service/service.ts'
import { stepTypes } from '../blocks/service/steps/index.ts'
import { callParams } from '../calls/params.ts'
import { app, type Case, cachedAndChanged, changes, keyed, ofTransaction, there, two, work } from './testing-fields.ts'

const cases: Readonly<
  Record<string, { readonly fields: readonly string[]; readonly of: Readonly<Record<string, Case>> }>
> = {
  service: {
    fields: Object.keys(service.params),
    of: {
      instances: [app(`type: service, @ ${work}`), '', 'instances: 3,'],
      workers: [app(`type: service, @ ${work}`), '', 'workers: 1,'],
      cores: [app(`type: service, @ ${work}`), '', 'cores: 2,'],
      speed: [app(`type: service, @ ${work}`), '', 'speed: 2,'],
      clock: [app('type: service, clock: @, endpoints: { any: [{ compute: 9M cycles }] }'), '3GHz', '1GHz'],
      'rate-limit': [app(`type: service, @ ${work}`), '', 'rate-limit: token-bucket 50/s,'],
      limit: [app(`type: service, workers: 1, @ ${work}`), '', 'limit: 2,'],
      ordering: [
        `traffic: { visitors: { rate: 100/s, requests: { get: { to: app, priority: 1 }, set: { to: app } } } }\nblocks: { app: { type: service, workers: 1, @ ${work} } }`,
        '',
        'ordering: priority,',
      ],
      shed: [app(`type: service, workers: 1, @ ${work}`), '', 'shed: codel,'],
      'start-up': [
        `${app(`type: service, workers: 1, instances: 1, @ ${work}`)}\nfaults: [{ scale: app, to: 4, at: 1s }]`,
        '',
        'start-up: 1s,',
      ],
      drain: [
        `${app('type: service, instances: 4, @ endpoints: { any: [{ wait: 500ms }] }')}\nfaults: [{ scale: app, to: 1, at: 1s }]`,
        '',
        'drain: 1ms,',
      ],
      deadlines: [app(`type: service, workers: 1, @ ${work}`, 'to: app, timeout: 50ms'), '', 'deadlines: obey,'],
      price: [app(`type: service, @ ${work}`), '', 'price: $1/h,'],
      calls: [
        app('type: service, @ endpoints: { any: [{ call: there }] }', 'to: app', there),
        '',
        'calls: { there: { timeout: 5ms } },',
      ],
      endpoints: [app('type: service, endpoints: { any: [{ compute: @ }] }'), '1ms', '2ms'],
    },
  },
  database: {
    fields: Object.keys(database.params),
    of: {
      connections: [app('type: database, read: 15ms, @', keyed), '', 'connections: 1'],
      workers: [app('type: database, read: 15ms, @', keyed), '', 'workers: 1'],
      cores: [app('type: database, read: 15ms, @', keyed), '', 'cores: 1'],
      limit: [app('type: database, read: 50ms, workers: 1, @', keyed), '', 'limit: 2'],
      read: [app('type: database, @', keyed), '', 'read: 3ms'],
      write: [app('type: database, @', 'to: app.write, key: uniform over 9'), '', 'write: 3ms'],
      flush: [app('type: database, @', 'to: app.write, key: uniform over 9'), '', 'flush: 3ms'],
      operations: [app('type: database, operations: { get: @ }'), '1ms', '2ms'],
      tables: [
        `${cachedAndChanged('by: table')}\n  db: { type: database, read: { objects: 5 of 50 }, @ }`,
        '',
        'tables: 10',
      ],
      absent: [
        app('type: link, to: db, bandwidth: 1Mbit/s', keyed, '  db: { type: database, object-size: 1kB, @ }'),
        '',
        'absent: 50%',
      ],
      'object-size': [app('type: database, throughput: 1MB/s, @', keyed), '', 'object-size: 5kB'],
      throughput: [app('type: database, @', keyed), '', 'throughput: 1MB/s'],
      buffer: [app('type: database, @', keyed), '', 'buffer: { capacity: 10 }'],
      disk: [app('type: database, buffer: { capacity: 10 }, @', keyed), '', 'disk: 5ms'],
      price: [app('type: database, @', keyed), '', 'price: $1/h'],
    },
  },
  'load-balancer': {
    fields: Object.keys(loadBalancer.params),
    of: {
      targets: [app('type: load-balancer, targets: @', 'to: app', two), 'a', '[a, b]'],
      choice: [app('type: load-balancer, targets: [a, b], @', 'to: app', two), '', 'choice: random'],
      subset: [app('type: load-balancer, targets: [a, b], @', 'to: app', two), '', 'subset: 1'],
      weights: [
        app('type: load-balancer, targets: [a, b], choice: weighted-round-robin, @', 'to: app', two),
        '',
        'weights: [3, 1]',
      ],
      'health-check': [
        `${app('type: load-balancer, targets: [a, b], @', 'to: app', two)}\nfaults: [{ crash: a, at: 200ms }]`,
        '',
        'health-check: { every: 50ms, timeout: 10ms }',
      ],
      'rate-limit': [
        app('type: load-balancer, targets: [a, b], @', 'to: app', two),
        '',
        'rate-limit: token-bucket 50/s',
      ],
      'per-target': [app('type: load-balancer, targets: [a, b], @', 'to: app', two), '', 'per-target: 1'],
      sticky: [
        `${app('type: load-balancer, targets: [a, b], @', 'to: app', two)}`.replace('rate: ', 'sessions: 9, rate: '),
        '',
        'sticky: cookie',
      ],
      'slow-start': [
        `${app('type: load-balancer, targets: [a, b], ejection: { fails: 1, for: 20ms }, @', 'to: app', two)}\nfaults: [{ crash: a, at: 200ms, for: 50ms }]`,
        '',
        'slow-start: 10s',
      ],
      ejection: [
        `${app('type: load-balancer, targets: [a, b], @', 'to: app', two)}\nfaults: [{ crash: a, at: 200ms }]`,
        '',
        'ejection: { fails: 2 }',
      ],
      instances: [app('type: load-balancer, targets: [a, b], compute: 15ms, @', 'to: app', two), '', 'instances: 3'],
      standby: [
        app('type: load-balancer, targets: [a, b], instances: 2, compute: 15ms, @', 'to: app', two),
        '',
        'standby: 1',
      ],
      failover: [
        `${app('type: load-balancer, targets: [a, b], instances: 2, standby: 1, @', 'to: app', two)}\nfaults: [{ crash: app.1, at: 200ms }]`,
        '',
        'failover: heartbeat 50ms',
      ],
      compute: [app('type: load-balancer, targets: [a, b], @', 'to: app', two), '', 'compute: 1ms'],
      cores: [app('type: load-balancer, targets: [a, b], compute: 15ms, @', 'to: app', two), '', 'cores: 3'],
      price: [app('type: load-balancer, targets: [a, b], @', 'to: app', two), '', 'price: $1/h'],
    },
  },
  queue: {
    fields: Object.keys(queue.params),
    of: {
      limit: [app('type: queue, workers: { compute: 20ms }, @'), '', 'limit: 3'],
      start: [app('type: queue, workers: { compute: 20ms }, @'), '', 'start: 100'],
      overflow: [app('type: queue, workers: { compute: 20ms }, limit: 3, @'), '', 'overflow: block'],
      ordering: [
        'traffic: { visitors: { rate: 100/s, requests: { get: { to: app, priority: 1 }, set: { to: app } } } }\nblocks: { app: { type: queue, workers: { compute: exponential 20ms }, limit: 3, overflow: drop-oldest, @ } }',
        '',
        'ordering: priority',
      ],
      workers: [app('type: queue, workers: { compute: @ }'), '1ms', '2ms'],
      price: [app('type: queue, workers: { compute: 20ms }, @'), '', 'price: $1/h'],
    },
  },
  link: {
    fields: Object.keys(link.params),
    of: {
      to: [app('type: link, to: @', 'to: app', two.replace('15ms', '5ms')), 'a', 'b'],
      latency: [app('type: link, to: a, @', 'to: app', two), '', 'latency: 9ms'],
      bandwidth: [app('type: link, to: a, @', 'to: app, size: 1kB', two), '', 'bandwidth: 1Mbit/s'],
      loss: [app('type: link, to: a, @', 'to: app', two), '', 'loss: 10%'],
      price: [app('type: link, to: a, @', 'to: app', two), '', 'price: $1/GB'],
    },
  },
  'a call': {
    fields: Object.keys(callParams),
    of: {
      timeout: [app('type: service, endpoints: { any: [{ call: there, @ }] }', 'to: app', there), '', 'timeout: 10ms'],
      cancels: [
        app('type: service, endpoints: { any: [{ call: there, timeout: 10ms, @ }] }', 'to: app', there),
        '',
        'cancels: all',
      ],
      patience: [app('type: service, endpoints: { any: [{ call: there, @ }] }', 'to: app', there), '', 'patience: 5ms'],
      retry: [
        app('type: service, endpoints: { any: [{ call: there, @ }] }', 'to: app', there),
        '',
        'retry: { attempts: 2 }',
      ],
      hedge: [app('type: service, endpoints: { any: [{ call: there, @ }] }', 'to: app', there), '', 'hedge: 5ms'],
    },
  },
}

describe.each(Object.entries(cases))('%s', (_, { fields, of }) => {
  it('has a case for each of its fields', () => expect(Object.keys(of).sort()).toEqual([...fields].sort()))

  it.each(Object.entries(of))('`%s` changes what a run finds, or what it costs', (_field, one) => {
    expect(changes(one)).toBe(true)
  })
})

/** A guard of all calls to a block. */
const guarded = (guard: string): Case => [
  app('type: service, calls: { there: { @ } }, endpoints: { any: [{ call: there }] }', 'to: app', there),
  '',
  guard,
]

/** Of steps and faults: one design a field, with two values of it. */
const members: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  compute: { work: [app('type: service, endpoints: { any: [{ compute: @ }] }'), '1ms', '2ms'] },
  wait: { delay: [app('type: service, endpoints: { any: [{ wait: @ }] }'), '1ms', '2ms'] },
  call: {
    to: [app('type: service, endpoints: { any: [{ call: @ }] }', 'to: app', two.replace('15ms', '5ms')), 'a', 'b'],
    key: [
      app(
        'type: service, endpoints: { any: [{ call: shelf @ }] }',
        'to: app, key: uniform over 9',
        '  shelf: { type: cache, of: db, capacity: 5 }\n  db: { type: database }',
      ),
      '',
      ', key: uniform over 90',
    ],
    'on-failure': [
      app('type: service, endpoints: { any: [{ call: there @ }] }', 'to: app', there),
      '',
      ', on-failure: go-on',
    ],
    ...cases['a call']?.of,
    ...Object.fromEntries(
      ['breaker: 2 of 9', 'rate-limit: token-bucket 20/s', 'bulkhead: 1', 'pool: 1'].map((guard) => [
        guard.split(':')[0],
        guarded(guard),
      ]),
    ),
  },
  publish: {
    to: [
      app(
        'type: service, endpoints: { any: [{ publish: @ }] }',
        'to: app',
        '  a: { type: queue, workers: { compute: 1ms } }\n  b: { type: queue, workers: { compute: 2ms } }',
      ),
      'a',
      'b',
    ],
  },
  parallel: {
    branches: [
      app('type: service, endpoints: { any: [{ parallel: [@] }] }'),
      '[{ compute: 1ms }]',
      '[{ compute: 1ms }], [{ compute: 2ms }]',
    ],
    need: [
      app('type: service, endpoints: { any: [{ parallel: [[{ wait: 1ms }], [{ wait: 5ms }]] @ }] }'),
      '',
      ', need: 1 of 2',
    ],
    times: [app('type: service, endpoints: { any: [{ parallel: [[{ compute: 1ms }]] @ }] }'), '', ', times: 3'],
  },
  branch: {
    share: [app('type: service, endpoints: { any: [{ branch: @, do: [{ compute: 1ms }] }] }'), '10%', '90%'],
    do: [app('type: service, endpoints: { any: [{ branch: 50%, do: [{ compute: @ }] }] }'), '1ms', '2ms'],
    else: [
      app('type: service, endpoints: { any: [{ branch: 50%, do: [{ compute: 1ms }] @ }] }'),
      '',
      ', else: [{ compute: 3ms }]',
    ],
  },
  repeat: {
    times: [app('type: service, endpoints: { any: [{ repeat: @, do: [{ compute: 1ms }] }] }'), '2', '3'],
    do: [app('type: service, endpoints: { any: [{ repeat: 2, do: [{ compute: @ }] }] }'), '1ms', '2ms'],
  },
  transaction: ofTransaction,
  fail: { share: [app('type: service, endpoints: { any: [{ fail: @ }] }'), '0%', '50%'] },
  respond: {
    size: [
      app(
        'type: link, to: a, bandwidth: 1Mbit/s',
        'to: app',
        '  a: { type: service, endpoints: { any: [{ respond: @ }] } }',
      ),
      '1B',
      '1kB',
    ],
  },
}

describe('a step', () => {
  it.each(stepTypes.members.map((member) => [member.name, member] as const))(
    '%s has a case for each of its fields',
    (name, member) => {
      expect(Object.keys(members[name] ?? {}).sort()).toEqual(Object.keys(member.params).sort())
    },
  )

  const all = Object.entries(members).flatMap(([name, of]) =>
    Object.entries(of).map(([field, one]) => [`${name}.${field}`, one] as const),
  )
  it.each(all)('`%s` changes what a run finds', (_, one) => expect(changes(one)).toBe(true))
})
