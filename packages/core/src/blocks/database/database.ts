import { createSampler } from '../../support/distributions/index.ts'
import { keeping, renamed } from '../../support/misnomers.ts'
import type { BlockType } from '../block.ts'
import { duplicateCounters } from '../duplicates.ts'
import { expectedBytes } from '../object-sizes.ts'
import { bound } from '../risks.ts'
import { renewedDatabase } from './former-database.ts'
import { DatabaseNode } from './node.ts'
import { idempotenceOf, workOf } from './operations.ts'
import { countsDuplicates, diskRead, operationNamed, operationsOf, params } from './params.ts'
import { databasePresets } from './presets.ts'
import { withoutEffect } from './without-effect.ts'

export const database = {
  name: 'database',
  title: 'Database',
  summary:
    'One node that stores objects by key: callers need a connection, operations need a worker and share the cores.',
  mistakenFor: ['mysql', 'mongodb', 'dynamodb', 'cassandra', 's3', 'object-store', 'storage', 'nosql'],
  misnomers: {
    replicas: 'remove it: replicas are not there yet',
    replication: 'remove it: replication is not there yet',
    instances: 'remove it: a database is one node',
    shards: 'remove it: shards are not there yet',
    pool: renamed('connections', '10'),
    'pool-size': renamed('connections', '10'),
    'max-connections': renamed('connections', '10'),
    patience: 'write `patience` at the call: it bounds the wait of the caller',
    'pool-timeout': keeping('2s', 'write `patience: {given}` at the call: it bounds the wait of the caller'),
    latency: keeping('1ms', 'write `read: {given}` and `write: {given}`'),
    cache: 'add a block: `{ type: cache, of: db, capacity: 10k }`',
    memory: keeping('1GiB', 'write `buffer: { capacity: {given} }` and `disk: 0.1ms`'),
    cpu: renamed('cores', '2'),
    rate: 'write `read: 0.5ms` and `write: 1ms`, the work of one operation',
    queries: 'write `operations: { search: 8ms }`',
  },
  goodFor: 'the state of a system',
  costs: 'one node is one point of failure, and the end of scaling up',
  seenIn: [
    ...['PostgreSQL', 'MySQL', 'MariaDB', 'SQLite', 'Microsoft SQL Server', 'Oracle', 'Amazon RDS', 'Amazon Aurora'],
    ...[
      'MongoDB (one node)',
      'Apache Cassandra (one node)',
      'ScyllaDB (one node)',
      'CockroachDB (one node)',
      'Google Spanner (one node)',
    ],
    ...[
      'Amazon DynamoDB (one partition)',
      'Elasticsearch (one shard)',
      'OpenSearch (one shard)',
      'ClickHouse (one node)',
    ],
    ...['Amazon S3 (as one store)', 'Google Cloud Storage (as one store)', 'Neo4j', 'InfluxDB'],
  ],
  aliases: ['db', 'store', 'sql'],
  example: { type: 'database', like: 'postgresql', 'object-size': { p50: '40KiB', p99: '400KiB' } },
  presets: databasePresets,
  params,
  renewed: renewedDatabase,
  operations: (values) => operationsOf(values).map(([name]) => name),
  defaultOperation: 'read',
  hasDisk: ({ buffer, flush }) => buffer !== undefined || flush !== undefined,
  changes: (operation) => operation === 'write',
  idempotence: (operation, values) => idempotenceOf(operationNamed(values, operation)),
  demands(values) {
    const objectBytes = expectedBytes(values['object-size'])
    const transferMs = values.throughput === undefined ? 0 : (objectBytes / values.throughput) * 1000
    return operationsOf(values).map(([name, operation]) => ({
      operation: name,
      resource: 'cores',
      capacity: typeof values.workers === 'number' ? Math.min(values.workers, values.cores) : values.cores,
      perCallMs: createSampler(workOf(operation)).mean + transferMs,
    }))
  },
  draws: (values) => [
    ...operationsOf(values).map(([name, operation]) => ({
      operation: name,
      distribution: workOf(operation),
      perCall: 1,
    })),
    ...(values.flush === undefined ? [] : [{ operation: 'write', distribution: values.flush, perCall: 1 }]),
    ...(values.buffer === undefined ? [] : [{ operation: 'read', distribution: diskRead(values), perCall: 1 }]),
  ],
  measured: (values) => [
    'cores',
    ...(values.workers === 'unlimited' ? [] : ['workers']),
    'waiting',
    ...(values.connections === 'unlimited' ? [] : ['connections']),
    ...(values.buffer === undefined ? [] : ['hits', 'misses']),
    ...(countsDuplicates(values) ? duplicateCounters : []),
  ],
  pricePerHour: (values) => values.price ?? 0,
  checkContext: withoutEffect,
  risks: {
    spare: null,
    mostInside: ({ workers, limit }) => (workers === 'unlimited' ? undefined : workers + bound(limit)),
    connections: ({ connections }) => (connections === 'unlimited' ? undefined : connections),
    room: ({ workers, limit }) => (workers === 'unlimited' ? undefined : { field: 'limit', most: bound(limit) }),
    sizesMatter: ({ throughput }) =>
      throughput === undefined ? undefined : { field: 'throughput', keeps: 'object-size' },
    answerHasSize: (_values, operation) => operation !== 'write',
  },
  create: (values, site) => new DatabaseNode(values, site),
} as const satisfies BlockType<typeof params>
