import type { ChosenDistribution } from '../../support/distributions/distribution.ts'
import { distributions } from '../../support/distributions/index.ts'
import { invariant } from '../../support/invariant.ts'
import {
  bandwidth,
  choice,
  count,
  distribution,
  either,
  named,
  policy,
  price,
  record,
  share,
  type Values,
} from '../../support/params.ts'
import { evictions } from '../cache/eviction/index.ts'
import { capacity } from '../cache/shelf/capacity.ts'
import { idempotenceOf, type Operation, operationForms, writeForms } from './operations.ts'

export const params = {
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
    meaning: 'operations that may wait for a worker; any more are rejected',
    of: [count({ meaning: 'waiting operations', min: 0 }), choice({ meaning: 'how', words: ['unlimited'] })],
    default: 'unlimited',
  }),
  read: either({ meaning: 'work of a read', of: operationForms('work of a read', '0.5ms'), default: '0.5ms' }),
  write: either({ meaning: 'work of a write', of: writeForms('work of a write', '1ms'), default: '1ms' }),
  flush: distribution({
    meaning:
      'time until the log of a write is on disk, which holds the worker and no core; writes at the same time are flushed together. Without it, a write is answered before that',
    dimension: 'duration',
    family: distributions,
    optional: true,
  }),
  operations: named({
    meaning:
      'other operations, by name: `search: { p50: 8ms, p99: 60ms }`, or `list: { work: 10ms, objects: 10 of 2000 }` for a result of several objects',
    names: 'operation',
    of: either({ meaning: 'work of the operation', of: operationForms('work of the operation') }),
    optional: true,
  }),
  tables: count({
    meaning: 'number of tables, with equal numbers of objects; a result has objects of one table',
    default: 1,
    min: 1,
    max: 10_000,
  }),
  absent: share({
    meaning: 'share of the keys without an object: a read finds nothing until a write creates it',
    default: '0%',
  }),
  'object-size': distribution({
    meaning: 'size of an object, the same for the same key; by default the size in a replayed trace, or 1KiB',
    dimension: 'size',
    family: distributions,
    optional: true,
  }),
  throughput: bandwidth({
    meaning: 'bytes read or written per second by one operation: adds size / throughput to its work',
    optional: true,
  }),
  buffer: record({
    meaning:
      'its buffer pool: what it has in memory; what is not there is read from disk. Without it, all is in memory',
    optional: true,
    fields: {
      capacity,
      eviction: policy({ meaning: 'eviction policy of a full pool', family: evictions, default: 'clock' }),
    },
  }),
  disk: record({
    meaning: 'its disk, for what is not in the buffer pool',
    main: 'read',
    impliedBy: 'buffer',
    optional: true,
    fields: {
      read: distribution({
        meaning: 'time to read an object, which holds the worker and no core',
        dimension: 'duration',
        family: distributions,
        default: '0.1ms',
      }),
    },
  }),
  price: price({ meaning: 'price of the node', optional: true }),
}

export type DatabaseValues = Values<typeof params>

/** The operations by name: read and write first, then the named ones. */
export function operationsOf({ read, write, operations }: DatabaseValues): readonly (readonly [string, Operation])[] {
  return Object.entries<Operation>({ read, write, ...operations })
}

/** The operation of a name; undefined if there is none. */
export function operationNamed(values: DatabaseValues, name: string | undefined): Operation | undefined {
  return operationsOf(values).find(([known]) => known === name)?.[1]
}

/** Whether doing one of its operations twice matters, as the design says. */
export function countsDuplicates(values: DatabaseValues): boolean {
  return operationsOf(values).some(([, operation]) => idempotenceOf(operation) === 'never')
}

/** Time of a read from the disk, which is there with a buffer pool. */
export function diskRead({ disk }: DatabaseValues): ChosenDistribution {
  invariant(disk !== undefined, 'a buffer pool has a disk')
  return disk.read
}
