import { measuredOfCalls } from '../../calls/callee-passages.ts'
import { keeping, renamed } from '../../support/misnomers.ts'
import type { Chosen } from '../../support/params.ts'
import type { BlockType } from '../block.ts'
import { duplicateCounters } from '../duplicates.ts'
import { bound } from '../risks.ts'
import { countsDuplicates, idempotentOf, stepsOf } from './endpoint.ts'
import { answerSizeOf, edgesOfEndpoints } from './endpoints.ts'
import { idempotences } from './idempotence/index.ts'
import { params, serversOf } from './params.ts'
import { servicePresets } from './presets.ts'
import { Servers } from './servers.ts'
import { stepTypes } from './steps/index.ts'
import { withoutEffect } from './without-effect.ts'
import { computesInCycles, drawsOf, workOf } from './work.ts'

/** Steps of which `list` is made, copies among them. */
function operationsOf(list: readonly Chosen[]): number {
  return list.reduce((sum, { name, values }) => {
    const type = stepTypes.get(name)
    const inside = (type.inside?.(values) ?? []).reduce((total, steps) => total + operationsOf(steps), 0)
    return sum + 1 + inside * (type.copies?.(values) ?? 1)
  }, 0)
}

/** `cpu: 500m` of a container is half of a core; a core of half the speed does as much. */
function coresFor(given: string): string {
  const millicores = /^\d{1,6}m$/.test(given) ? Number.parseInt(given, 10) : 0
  if (millicores === 0) return renamed('cores', '2')(given)
  const cores = Math.ceil(millicores / 1000)
  const speed = millicores / 1000 / cores
  return speed === 1 ? `write \`cores: ${cores}\`` : `write \`cores: ${cores}\` and \`speed: ${speed}\``
}

export const service = {
  name: 'service',
  title: 'Service',
  summary:
    'Instances of a program that computes and calls others. On each, at most `workers` requests are in work at once and share its `cores`; a worker is held while its request calls or waits.',
  mistakenFor: ['function', 'lambda', 'web', 'backend', 'frontend', 'container', 'pod'],
  misnomers: {
    replicas: renamed('instances', '3'),
    servers: renamed('instances', '3'),
    pods: renamed('instances', '3'),
    count: renamed('instances', '3'),
    nodes: renamed('instances', '3'),
    threads: renamed('workers', '100'),
    concurrency: renamed('workers', '100'),
    cpu: coresFor,
    cpus: coresFor,
    vcpu: coresFor,
    hosts: renamed('instances', '3'),
    memory: 'remove it: the memory of an instance is not there yet',
    ram: 'remove it: the memory of an instance is not there yet',
    targets: 'write `endpoints: { any: [{ call: db.read }] }`',
    to: 'write `endpoints: { any: [{ call: db.read }] }`',
    call: 'write `endpoints: { any: [{ call: db.read }] }`',
    wait: keeping('5ms', 'write `endpoints: { any: [{ wait: {given} }] }`'),
    'service-time': keeping('5ms', 'write `endpoints: { any: [{ compute: {given} }] }`'),
    rate: 'write `rate` at a source of `traffic`',
    'error-rate': keeping('1%', 'write the step `fail: {given}` in an endpoint'),
    errors: keeping('1%', 'write the step `fail: {given}` in an endpoint'),
    frequency: keeping('3GHz', 'write `clock: {given}`'),
    ghz: keeping('3', 'write `clock: {given}GHz`'),
    queue: keeping('100', 'write `limit: {given}`, the requests that may wait'),
    steps: 'write `endpoints: { any: [{ compute: 5ms }] }`',
    compute: keeping('5ms', 'write `endpoints: { any: [{ compute: {given} }] }`'),
    latency: keeping('5ms', 'write `endpoints: { any: [{ wait: {given} }] }`'),
    pool: keeping('10', 'write `calls: { db: { pool: {given} } }`'),
    timeout: keeping('1s', 'write `timeout` beside a `call`, or once: `calls: { photos: { timeout: {given} } }`'),
    retry: keeping('3', 'write `retry` beside a `call`, or once: `calls: { photos: { retry: {given} } }`'),
    scaling: 'remove it: auto-scaling is not there yet',
    autoscaling: 'remove it: auto-scaling is not there yet',
  },
  goodFor: 'application servers, APIs, workers behind a balancer',
  costs: 'a worker held during a slow call is a worker that nobody else has',
  seenIn: [
    ...['Node.js (`event-loop`)', 'Express', 'Java', 'Spring Boot', 'Tomcat', '.NET', 'Go', 'PHP', 'PHP-FPM'],
    ...['Python', 'Django', 'Flask', 'FastAPI', 'Gunicorn', 'uWSGI', 'Ruby', 'Rails', 'Puma'],
  ],
  aliases: ['server', 'app', 'api', 'microservice'],
  example: {
    type: 'service',
    instances: 4,
    cores: 2,
    endpoints: { any: [{ compute: { p50: '2ms', p99: '9ms' } }, { call: 'album.read' }] },
  },
  affectedBy: () => ['fleet'],
  presets: servicePresets,
  params,
  check(values, report) {
    if (values.clock !== undefined || !computesInCycles(values)) return
    report({
      code: 'missing-field',
      message: 'a service that computes in cycles has no `clock`',
      expected: 'the clock of a core, such as `clock: 3GHz`',
      hint: 'add `clock: 3GHz`, or write `compute` as a time',
    })
  },
  operations: (values) => Object.keys(values.endpoints),
  idempotence(operation, { endpoints }) {
    const idempotent = idempotentOf(endpoints[operation ?? ''] ?? [])
    return idempotent && idempotences.get(idempotent.name).effect
  },
  defaultOperation: 'any',
  demands(values) {
    const servers = serversOf(values)
    const capacity = servers.reduce((sum, { cores, workers, speed }) => sum + Math.min(cores, workers) * speed, 0)
    return Object.entries(values.endpoints).map(([operation, endpoint]) => ({
      operation,
      resource: 'cores',
      capacity,
      perCallMs: workOf(stepsOf(endpoint), values.clock),
      ...(values.workers === 'event-loop' ? { inTurns: true as const } : {}),
    }))
  },
  draws: ({ endpoints, clock }) =>
    Object.entries(endpoints).flatMap(([operation, endpoint]) =>
      drawsOf(stepsOf(endpoint), clock).map((draw) => ({ ...draw, operation })),
    ),
  measured: (values) => [
    'cores',
    ...(serversOf(values).every(({ workers }) => Number.isFinite(workers)) ? ['workers'] : []),
    'waiting',
    ...(Object.values(values.endpoints).some(countsDuplicates) ? duplicateCounters : []),
  ],
  calls: edgesOfEndpoints,
  // All calls to one block share the guards of the first.
  measuredOfCalls: (values) =>
    new Map(
      edgesOfEndpoints(values)
        .toReversed()
        .flatMap(({ to, options }) => (options === undefined ? [] : [[to.block, measuredOfCalls(options)] as const])),
    ),
  checkContext: withoutEffect,
  parts: (values) =>
    serversOf(values).length +
    Object.values(values.endpoints).reduce((sum, endpoint) => sum + operationsOf(stepsOf(endpoint)), 0),
  pricePerHour: (values) => serversOf(values).reduce((sum, server) => sum + server.pricePerHour, 0),
  risks: {
    spare: 'give it a second instance: `instances: 2`',
    room: ({ workers, limit }) => (workers === 'unlimited' ? undefined : { field: 'limit', most: bound(limit) }),
    mostInside: (values) => serversOf(values).reduce((sum, { workers }) => sum + workers + bound(values.limit), 0),
    callsAtOnce: (values) =>
      values.workers === 'event-loop' ? undefined : serversOf(values).reduce((sum, { workers }) => sum + workers, 0),
    answerHasSize: ({ endpoints }, operation) =>
      answerSizeOf(stepsOf(endpoints[operation ?? ''] ?? endpoints.any ?? [])) !== undefined,
  },
  create: (values, site) => new Servers(values, site),
} as const satisfies BlockType<typeof params>
