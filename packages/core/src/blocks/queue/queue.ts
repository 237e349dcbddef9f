import { callMisnomers, callParams } from '../../calls/params.ts'
import { createSampler, distributions } from '../../support/distributions/index.ts'
import { keeping, renamed } from '../../support/misnomers.ts'
import {
  choice,
  count,
  distribution,
  either,
  policy,
  price,
  record,
  reference,
  type Values,
} from '../../support/params.ts'
import type { BlockType } from '../block.ts'
import { bound } from '../risks.ts'
import { MessageQueue } from './message-queue.ts'
import { overflows } from './overflow/index.ts'
import { withoutEffect } from './without-effect.ts'

const params = {
  limit: either({
    meaning: 'messages that may wait; those in work do not count',
    of: [count({ meaning: 'waiting messages', min: 0 }), choice({ meaning: 'how', words: ['unlimited'] })],
    default: 'unlimited',
  }),
  start: count({ meaning: 'messages that wait at 0 s', default: 0, min: 0, max: '10M' }),
  overflow: policy({
    meaning: 'policy for a message that arrives at a full queue',
    family: overflows,
    default: 'reject',
  }),
  ordering: choice({
    meaning: 'order of service: the oldest first, or the oldest of the most urgent',
    words: ['fifo', 'priority'],
    default: 'fifo',
  }),
  workers: record({
    meaning: 'the workers that take messages, and their work on each',
    fields: {
      instances: count({
        meaning: 'messages in work at once, each on a core of its own',
        default: 1,
        min: 1,
        max: 100_000,
      }),
      compute: distribution({ meaning: 'work on one message', dimension: 'duration', family: distributions }),
      call: reference({
        meaning: 'call of a worker after its own work; the worker waits for the answer',
        to: 'operation',
        optional: true,
      }),
      price: price({ meaning: 'price of one worker', optional: true }),
      ...callParams,
    },
    misnomers: callMisnomers,
  }),
  price: price({ meaning: 'price of the queue itself', optional: true }),
}

export type QueueValues = Values<typeof params>

export const queue = {
  name: 'queue',
  title: 'Message queue with workers',
  summary:
    'Takes messages and answers the publisher at once; workers take them out in order. Work is done later, at the pace of the workers.',
  mistakenFor: ['kafka', 'topic', 'stream', 'log', 'broker', 'pubsub', 'worker'],
  misnomers: {
    consumers: keeping('2', 'write `workers: { instances: {given}, compute: 120ms }`'),
    capacity: renamed('limit', '10k'),
    size: renamed('limit', '10k'),
    partitions: 'remove it: partitions are not there yet',
    'dead-letters': 'remove it: dead letters are not there yet',
    visibility: 'remove it: a visibility timeout is not there yet',
    replicas: keeping('2', 'write `workers: { instances: {given}, compute: 120ms }`'),
    instances: keeping('2', 'write `workers: { instances: {given}, compute: 120ms }`'),
  },
  goodFor: 'work that the user need not wait for; bursts that the workers can digest afterwards',
  costs: 'a backlog is a delay: a queue never adds capacity',
  seenIn: [
    ...['RabbitMQ', 'Amazon SQS', 'Apache ActiveMQ', 'NATS', 'Azure Service Bus', 'Google Pub/Sub', 'Amazon SNS'],
    ...['Sidekiq', 'BullMQ', 'Celery', 'Resque'],
    ...['Apache Kafka (one partition, without its log)', 'Amazon Kinesis (one shard)', 'Apache Pulsar (one partition)'],
  ],
  aliases: ['message-queue', 'task-queue', 'job-queue'],
  example: { type: 'queue', limit: '10k', overflow: 'reject', workers: { instances: 2, compute: '120ms' } },
  params,
  changes: () => true,
  calls: ({ workers }) =>
    workers.call === undefined ? [] : [{ to: workers.call, perCall: 1, options: workers, detached: true as const }],
  demands: ({ workers }) => [
    { resource: 'cores', capacity: workers.instances, perCallMs: createSampler(workers.compute).mean },
  ],
  draws: ({ workers }) => [{ distribution: workers.compute, perCall: 1, detached: true as const }],
  measured: () => ['cores', 'workers', 'waiting', 'acknowledged', 'oldest'],
  pricePerHour: (values) => (values.price ?? 0) + (values.workers.price ?? 0) * values.workers.instances,
  instances: () => 1,
  startsWith: ({ start }) => (start > 0 ? 'backlog at the start' : undefined),
  checkContext: withoutEffect,
  risks: {
    spare: null,
    callsAtOnce: ({ workers }) => workers.instances,
    room: ({ limit }) => ({ field: 'limit', most: bound(limit) }),
  },
  create: (values, site) => new MessageQueue(values, site),
} as const satisfies BlockType<typeof params>
