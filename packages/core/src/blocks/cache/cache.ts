import { createSampler } from '../../support/distributions/index.ts'
import { keeping } from '../../support/misnomers.ts'
import type { BlockType } from '../block.ts'
import { Caches } from './caches.ts'
import { evictions } from './eviction/index.ts'
import { type CacheValues, params } from './params.ts'
import { cachePresets } from './presets.ts'
import { updates } from './update/index.ts'
import { isOperation } from './update/update.ts'
import {
  callsOf,
  changes,
  deriveFields,
  operationsOf,
  readsOf,
  withoutReads,
  writesOfSeveral,
} from './way-out/endpoints.ts'
import { tooSmallForOne, withoutEffect } from './without-effect.ts'

/** What is in the memory of others falls with them; what goes round a node that is down misses nothing but its entries. */
function lostWithOne({ per, instances, 'when-down': whenDown }: CacheValues) {
  if (per !== undefined || whenDown === 'origin' || (whenDown === 'others' && instances > 1)) return undefined
  if (instances === 1) {
    const remedy = 'add an instance (`instances: 2`, `when-down: others`), or write `when-down: origin`'
    return { because: 'is one instance', remedy }
  }
  return {
    because: `has ${instances} instances, each with keys of its own, which are rejected while it is down`,
    remedy: 'write `when-down: others` or `when-down: origin`',
  }
}

/** Sessions that may each have a cache: each takes some kilobytes. */
const mostClients = 100_000

export const cache = {
  name: 'cache',
  title: 'Cache',
  summary: 'Keeps what was requested in front of a slower block, as far as it fits, and answers for it.',
  misnomers: {
    size: keeping('1GiB', 'write `capacity: {given}`'),
    memory: keeping('1GiB', 'write `capacity: {given}`'),
    policy: 'write `eviction: lru`',
    replicas: 'remove it: replicas are not there yet',
    nodes: keeping('3', 'write `instances: {given}`'),
    shards: keeping('3', 'write `instances: {given}`, spread by `spread: ring`'),
    origin: 'write `of: photos`',
    to: 'write `of: photos`',
    'hit-rate': 'remove it: the hit ratio is measured, never given',
  },
  goodFor: 'reads that repeat: hits cost microseconds and spare the origin',
  costs: 'answers may be old; an origin sized for the misses falls when the cache is lost',
  seenIn: ['Redis', 'Valkey', 'memcached', 'Varnish', 'Hazelcast', 'Squid', 'Amazon ElastiCache'],
  example: { type: 'cache', of: 'photos', capacity: '512MiB', ttl: '10m', like: 'redis' },
  presets: cachePresets,
  problems: [
    {
      code: 'cache-capacity-too-small',
      title: 'A cache too small for one object',
      meaning: 'An object of average size does not fit into the cache.',
      remedy: 'Give the cache room for many objects, or correct their size.',
    },
    {
      code: 'future-needed',
      title: 'A policy that needs to know the future',
      meaning: 'This eviction policy is a bound for comparison: it must know when each key is requested next.',
      remedy: 'Choose a policy that a running cache can have; compare with this one in a replay of a trace.',
    },
  ],
  params,
  check(values, report) {
    const { capacity, eviction } = values
    const objectBytes = values['object-size'] === undefined ? 1 : createSampler(values['object-size']).mean
    if (capacity.unit === 'bytes' && capacity.amount < objectBytes) {
      report({
        code: 'cache-capacity-too-small',
        field: 'capacity',
        message: '`capacity` is smaller than one object',
        expected: `room for many objects of ${Math.ceil(objectBytes)} B`,
        found: `${Math.floor(capacity.amount)} B`,
        hint: 'raise `capacity`, or correct `object-size`',
      })
    }
    if (values.per !== undefined && values.instances > 1) {
      report('instances', '`per` already sets the number of caches', 'remove `instances`')
    }
    if (evictions.get(eviction.name).needs?.includes('future')) {
      report({
        code: 'future-needed',
        field: 'eviction',
        message: `\`${eviction.name}\` needs the future requests`,
        expected: 'a policy that decides from the past, such as `lru`',
        hint: 'use it only with `loadpath trace`',
      })
    }
  },
  checkContext(values: CacheValues, around) {
    const { per } = values
    const own = [
      ...withoutEffect(values),
      ...tooSmallForOne(values, around),
      ...withoutReads(values),
      ...writesOfSeveral(values),
    ]
    if (per === undefined) return own
    const { callers, sources, hasFaults } = around()
    const whose = per === 'session' ? 'the client' : per.block
    const struck = {
      field: 'per',
      message: `the fault cannot apply: these caches are in the memory of ${whose}`,
      hint: `apply the fault to ${whose}`,
    }
    const strangers = callers.filter((caller) => per !== 'session' && caller !== per.block)
    const crowds = sources.filter(({ sessions = 0 }) => per === 'session' && (sessions === 0 || sessions > mostClients))
    return [
      ...own,
      ...(hasFaults ? [struck] : []),
      ...strangers.map((caller) => ({
        field: 'per',
        message: `\`${caller}\` cannot call a cache in the memory of ${whose}`,
        hint: `call it from ${whose} only`,
      })),
      ...crowds.map(({ name, sessions }) => ({
        field: 'per',
        message: `${name} has ${sessions === undefined ? 'no sessions' : `more than ${mostClients} sessions`}`,
        hint: `give ${name} from 1 to 100k \`sessions\``,
      })),
    ]
  },
  deriveFields,
  operations: operationsOf,
  defaultOperation: 'read',
  changes,
  calls: callsOf,
  demands(values: CacheValues) {
    const { read } = updates.get(values.update.name)
    const { write } = updates.get((values.writes ?? values.update).name)
    const meanMs = createSampler(values.compute).mean
    const flows = [
      ...readsOf(values).map((operation) => [operation, read] as const),
      ...(values.endpoints === undefined ? [['write', write] as const] : []),
    ]
    return flows.map(([operation, trips]) => ({
      operation,
      resource: 'cores',
      capacity:
        values.instances * (typeof values.workers === 'number' ? Math.min(values.workers, values.cores) : values.cores),
      perCallMs: trips.filter(isOperation).length * meanMs,
    }))
  },
  draws: ({ compute }) => [{ distribution: compute, perCall: 1 }],
  affectedBy: () => ['entries'],
  measured: ({ workers, update, writes = update, invalidation }) => [
    'cores',
    ...(workers === 'unlimited' ? [] : ['workers']),
    'waiting',
    ...['hits', 'misses', 'shown', 'stale'],
    ...(invalidation === undefined ? [] : ['invalidated', 'changes-heard']),
    ...(updates.get(writes.name).behind === undefined ? [] : ['acknowledged', 'acknowledged-lost']),
  ],
  pricePerHour: (values) => (values.price ?? 0) * values.instances,
  risks: {
    lostWithOne,
    copies: ({ of, ttl, invalidation, update, writes }) => ({
      of,
      ttlMs: ttl,
      isNotifiedOfChanges: invalidation?.lost === 0,
      followsChanges: invalidation !== undefined || updates.get((writes ?? update).name).behind !== undefined,
    }),
    sizesMatter: ({ capacity }) =>
      capacity.unit === 'bytes' ? { field: 'capacity', keeps: 'object-size' } : undefined,
    answerHasSize: (values: CacheValues, operation) => readsOf(values).some((name) => name === operation),
  },
  create: (values: CacheValues, site) => new Caches(values, site),
} as const satisfies BlockType<typeof params>
