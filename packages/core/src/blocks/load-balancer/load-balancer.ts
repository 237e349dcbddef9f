import { rateLimits } from '../../calls/guards/rate-limit/index.ts'
import { createSampler, distributions } from '../../support/distributions/index.ts'
import { keeping } from '../../support/misnomers.ts'
import {
  count,
  distribution,
  duration,
  either,
  list,
  named,
  policy,
  price,
  record,
  reference,
  share,
  type Values,
  weight,
} from '../../support/params.ts'
import type { BlockType } from '../block.ts'
import { failOverCounters } from '../fail-over.ts'
import { allToOne } from './all-to-one.ts'
import { Balancer } from './balancer.ts'
import { Balancers } from './balancers.ts'
import { choices } from './choice/index.ts'
import { memoriesOf } from './memories.ts'
import { loadBalancerPresets } from './presets.ts'
import { checkStandby, lostWithOneBalancer, standbyParams } from './standby.ts'
import { stickies } from './sticky/index.ts'
import { targetBlocks, targetShares } from './target-blocks.ts'
import { withoutEffect } from './without-effect.ts'

const params = {
  targets: either({
    meaning:
      'the blocks behind it: every instance of each is a target. With a number each, calls are split between the blocks in this proportion, and the choice is made within a block',
    of: [
      list({
        meaning: 'the blocks behind it',
        of: reference({ meaning: 'a block, or one instance of it', to: 'instance' }),
        min: 1,
        max: 1000,
        single: true,
      }),
      named({
        meaning: 'blocks with their shares of the calls',
        names: 'a block',
        refersTo: 'block',
        of: weight({ meaning: 'share of the calls, relative to the other blocks' }),
      }),
    ],
  }),
  subset: count({
    meaning:
      'how many of the targets it uses, drawn by its name: balancers of other names use others. Of targets with numbers, so many of each block',
    optional: true,
    min: 1,
    max: 10_000,
  }),
  choice: policy({ meaning: 'how it chooses', family: choices, default: 'round-robin' }),
  weights: list({
    meaning: 'weight of each target, in order; 1 for those not named',
    of: weight({ meaning: 'weight of one target' }),
    optional: true,
    max: 10_000,
  }),
  'health-check': record({
    main: 'every',
    meaning:
      'asks every instance, in turn within each period, whether it takes calls; without it a dead instance stays in the list',
    optional: true,
    fields: {
      every: duration({
        meaning: 'time between two checks of an instance',
        formerly: 'interval',
        default: '2s',
        min: '1ms',
        source: 'HAProxy `inter 2s`',
      }),
      timeout: duration({ meaning: 'how long a check waits for an answer', default: '1s' }),
      fails: count({
        meaning: 'failed checks in a row that take an instance out',
        default: 3,
        min: 1,
        max: 1000,
        source: 'HAProxy `fall 3`',
      }),
      passes: count({
        meaning: 'passed checks in a row that put it back',
        default: 2,
        min: 1,
        max: 1000,
        source: 'HAProxy `rise 2`',
      }),
    },
  }),
  'rate-limit': policy({
    meaning: 'how many calls it takes in in a second; the rest fails or waits',
    family: rateLimits,
    optional: true,
  }),
  'per-target': count({
    meaning: 'calls at a target at once; the others wait in one common line in the balancer',
    optional: true,
    min: 1,
  }),
  sticky: policy({
    meaning: 'keeps each client (a session of a source) at the target that served it first',
    family: stickies,
    optional: true,
  }),
  'slow-start': duration({
    meaning: 'a target that comes back takes part in a share of the choices that grows from 0 to all over this time',
    optional: true,
    above: 0,
  }),
  ejection: record({
    main: 'fails',
    meaning:
      'takes out a target that fails several calls in a row (passive outlier detection). A balancer has no time-out of its own: calls that hang or are cut off are not failures for it until they are refused. `health-check` finds such targets',
    optional: true,
    fields: {
      fails: count({
        meaning: 'failed calls in a row that take a target out',
        default: 5,
        min: 1,
        max: 1000,
        source: 'Envoy `consecutive_5xx` 5',
      }),
      for: duration({
        meaning:
          'how long it stays out, times the number of its ejections, at most 300 s; 10 s back count as one ejection less',
        default: '30s',
        above: 0,
        source: 'Envoy `base_ejection_time` 30 s',
      }),
      max: share({
        meaning: 'largest share of the targets that is out at once',
        default: '50%',
        above: 0,
        max: 1,
        source: 'Envoy `max_ejection_percent`, there 10 %',
      }),
    },
  }),
  ...standbyParams,
  compute: distribution({
    meaning: 'its own work for each call',
    dimension: 'duration',
    family: distributions,
    default: '0s',
  }),
  cores: count({ meaning: 'cores for its own work', default: 1, min: 1, max: 4096 }),
  price: price({ meaning: 'price of one balancer', optional: true }),
}

export type LoadBalancerValues = Values<typeof params>

export const loadBalancer = {
  name: 'load-balancer',
  title: 'Load balancer',
  summary: 'Sends each call on to one of its targets, and the answer back.',
  mistakenFor: ['proxy', 'reverse-proxy', 'gateway', 'api-gateway', 'alb', 'elb', 'ingress', 'router'],
  misnomers: {
    algorithm: 'write `choice: round-robin`',
    policy: 'write `choice: round-robin`',
    to: 'write `targets: web`',
    upstream: 'write `targets: web`',
    backends: 'write `targets: [web, api]`',
    replicas: keeping('2', 'write `instances: {given}`'),
    strategy: 'write `choice: round-robin`',
    method: 'write `choice: round-robin`',
    servers: 'write `targets: web`',
    healthcheck: keeping('1s', 'write `health-check: {given}`'),
    health: keeping('1s', 'write `health-check: {given}`'),
  },
  problems: [
    {
      code: 'all-to-one-target',
      title: 'A choice by key or client that sends all calls to one target',
      meaning: 'The choice hashes the key or the client of a request, and all requests have the same.',
      remedy: 'Add `sessions` to the source, or a `key` to its requests.',
    },
  ],
  goodFor: 'several instances behind one address',
  costs: 'one more hop, and one more thing that can fail',
  seenIn: ['HAProxy', 'nginx', 'Envoy', 'Traefik', 'AWS ELB', 'AWS ALB', 'AWS NLB', 'Kubernetes Service'],
  aliases: ['balancer', 'lb'],
  example: { type: 'load-balancer', targets: 'web', choice: 'least-outstanding', 'health-check': { every: '1s' } },
  presets: loadBalancerPresets,
  params,
  check(values, report) {
    const { targets, weights, sticky, 'per-target': perTarget } = values
    if (targetBlocks(values).length === 0)
      report('targets', 'all targets have the weight 0', 'give one of them a weight, for example `1`')
    if (weights !== undefined && !Array.isArray(targets))
      report('weights', '`weights` stand beside targets with numbers', 'remove `weights`')
    checkStandby(values, report)
    if (sticky !== undefined && perTarget !== undefined)
      report('per-target', '`per-target` and `sticky` exclude each other', 'remove one of them')
  },
  calls(values) {
    const targets = targetBlocks(values)
    const shares = targetShares(targets)
    return targets.map(({ to }, i) => ({ to, perCall: shares[i] as number, passesOperation: true }))
  },
  demands: ({ compute, cores, instances, standby }) => [
    {
      resource: 'cores',
      capacity: cores * (instances - (standby?.count ?? 0)),
      perCallMs: createSampler(compute).mean,
    },
  ],
  draws: ({ compute }) => [{ distribution: compute, perCall: 1 }],
  measured: ({ compute, ejection, standby, 'per-target': perTarget }) => {
    const works = createSampler(compute).constant !== 0
    return [
      ...(works ? ['cores'] : []),
      ...(perTarget === undefined ? [] : ['slots']),
      ...(works || perTarget !== undefined ? ['waiting'] : []),
      ...(ejection === undefined ? [] : ['ejections']),
      ...(standby === undefined ? [] : failOverCounters),
    ]
  },
  memories: memoriesOf,
  parts: (values, of) =>
    values.instances *
    targetBlocks(values).reduce((sum, { to }) => sum + (to.instance === undefined ? of(to.block) : 1), 0),
  pricePerHour: ({ instances, price: each = 0 }) => instances * each,
  checkContext: (values, around) => [...withoutEffect(values, around), ...allToOne(values, around)],
  risks: {
    lostWithOne: lostWithOneBalancer,
    uncheckedTargets: (values) =>
      values['health-check'] === undefined ? targetBlocks(values).map(({ to }) => to) : undefined,
  },
  create: (values, site) => (values.instances === 1 ? new Balancer(values, site) : new Balancers(values, site)),
} as const satisfies BlockType<typeof params>
