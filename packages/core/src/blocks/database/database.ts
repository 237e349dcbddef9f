import { createSampler, laws } from '../../support/laws/index.ts'
import { bandwidth, choice, count, either, law, named, price, type Values } from '../../support/params.ts'
import type { BlockType } from '../block.ts'
import { DatabaseNode } from './node.ts'
import { databasePresets } from './presets.ts'

const params = {
  connections: either({
    meaning: 'connections in all; a caller without one waits for it on its own side',
    of: [count({ meaning: 'connections', min: 1, max: '1M' }), choice({ meaning: 'how', words: ['unlimited'] })],
    default: 100,
    source: 'PostgreSQL `max_connections` defaults to 100',
  }),
  workers: either({
    meaning: 'operations in work at once; `unlimited` lets all share the cores',
    of: [count({ meaning: 'operations in work', min: 1, max: '1M' }), choice({ meaning: 'how', words: ['unlimited'] })],
    default: 'unlimited',
  }),
  cores: count({ meaning: 'cores, shared by the operations in work', default: 4, min: 1, max: 4096 }),
  limit: either({
    meaning: 'operations that may wait for a worker; beyond it they are refused',
    of: [count({ meaning: 'waiting operations', min: 0 }), choice({ meaning: 'how', words: ['unlimited'] })],
    default: 'unlimited',
  }),
  read: law({ meaning: 'work of a read', dimension: 'duration', family: laws, default: '0.5ms' }),
  write: law({ meaning: 'work of a write', dimension: 'duration', family: laws, default: '1ms' }),
  operations: named({
    meaning: 'work of other operations, by name: `search: { p50: 8ms, p99: 60ms }`',
    names: 'operation',
    of: law({ meaning: 'work of the operation', dimension: 'duration', family: laws }),
    optional: true,
  }),
  'object-size': law({
    meaning: 'size of an object; the same key always has the same',
    dimension: 'size',
    family: laws,
    default: '1KiB',
  }),
  throughput: bandwidth({
    meaning: 'bytes read or written per second by one operation: adds size / throughput to its work',
    optional: true,
  }),
  price: price({ meaning: 'price of the node', optional: true }),
}

export type DatabaseValues = Values<typeof params>

/** Work by operation: read and write first, then the named ones. */
export function operationLaws(values: DatabaseValues) {
  return Object.entries({ read: values.read, write: values.write, ...values.operations })
}

export const database = {
  name: 'database',
  title: 'Database',
  summary:
    'One node that stores objects by key: callers need a connection, operations need a worker and share the cores.',
  goodFor: 'the state of a system',
  costs: 'one node is one point of failure, and the end of scaling up',
  seenIn: ['PostgreSQL', 'MySQL'],
  aliases: ['db', 'store', 'sql'],
  presets: databasePresets,
  params,
  operations: (values) => operationLaws(values).map(([name]) => name),
  defaultOperation: 'read',
  demands(values) {
    const objectBytes = createSampler(values['object-size']).mean
    const transferMs = values.throughput === undefined ? 0 : (objectBytes / values.throughput) * 1000
    return operationLaws(values).map(([operation, law]) => ({
      operation,
      resource: 'cores',
      capacity: typeof values.workers === 'number' ? Math.min(values.workers, values.cores) : values.cores,
      perCallMs: createSampler(law).mean + transferMs,
    }))
  },
  pricePerHour: (values) => values.price ?? 0,
  create: (values, site) => new DatabaseNode(values, site),
} as const satisfies BlockType<typeof params>
