import type { Answer, Estimate, Objective } from '@loadpath/core'

/** An interval, for hand-made answers. */
export function between(low: number, point: number, high: number): Estimate {
  return { sufficient: true, point, low, high, confidence: 0.95, replications: 20 }
}

export function missing(reason: string): Estimate {
  return { sufficient: false, reason, replications: 20 }
}

const all: Answer['requests'][number] = {
  name: 'all',
  offeredPerSecond: between(2557, 2560, 2563),
  throughputPerSecond: between(2556, 2559, 2562),
  availability: between(0.9985, 0.9987, 0.9989),
  mean: between(18.135, 18.335, 18.535),
  percentiles: [
    {
      percentile: 50,
      estimate: between(12, 12.1, 12.2),
      serviceTimePlus5: 12.9,
      serviceTimePlus20: 16,
      serviceTimePlusUnknown: null,
      nearKnee: false,
    },
    {
      percentile: 99,
      estimate: between(79.8, 80.9, 82.5),
      serviceTimePlus5: 95,
      serviceTimePlus20: 240,
      serviceTimePlusUnknown: null,
      nearKnee: true,
    },
    {
      percentile: 99.9,
      estimate: missing('7 of 10 replications'),
      serviceTimePlus5: null,
      serviceTimePlus20: null,
      serviceTimePlusUnknown: null,
      nearKnee: false,
    },
  ],
  age: null,
  ledger: {
    offered: 12_000,
    answered: 11_980,
    rejected: 15,
    timedOut: 3,
    lost: 0,
    inFlight: 2,
    reasons: [
      { reason: 'timed-out', block: 'db', count: 3 },
      { reason: 'queue-full', block: 'web', count: 15 },
    ],
  },
}

const objective: Objective = {
  text: 'p99 < 200ms',
  subject: { kind: 'design' },
  measure: 'percentile',
  percentile: 99,
  operator: '<',
  bound: 200,
  dimension: 'duration',
  path: 'objectives.1',
}

/** An answer made by hand that has something in every section but those for which one asks. */
export const sampleAnswer: Answer = {
  schemaVersion: 1,
  design: 'web tier',
  about: 'A balancer and some servers.',
  run: {
    kind: 'steady',
    because: 'nothing in the design changes with time',
    seed: 7,
    replications: 20,
    lengthMs: 14_100,
    warmUpMs: 1_400,
    measuredMs: 12_700,
    unsettledMs: null,
    standIns: [],
    precision: { asked: 0.02, reached: 0.0109 },
    events: 3_305_842,
    stopped: null,
  },
  verdict: { outcome: 'carries', nearKnee: true, sentence: 'carries this load; it is near the knee', overloads: [] },
  requests: [all],
  users: [],
  phases: [],
  blocks: [
    {
      name: 'web',
      type: 'service',
      arrivedPerSecond: between(2557, 2560, 2563),
      mean: between(18, 18.2, 18.4),
      inFlight: between(46, 47, 48),
      resources: [
        {
          name: 'cores',
          isRoom: false,
          capacity: 32,
          utilization: between(0.777, 0.781, 0.785),
          instance: null,
          mean: between(0.777, 0.781, 0.785),
        },
        {
          name: 'workers',
          isRoom: false,
          capacity: 64,
          utilization: between(0.721, 0.728, 0.735),
          instance: null,
          mean: between(0.721, 0.728, 0.735),
        },
      ],
      queues: [{ name: 'waiting', mean: between(3.1, 3.2, 3.3), max: 40 }],
      waited: between(0.3, 0.31, 0.32),
      waitMean: between(1.9, 2, 2.1),
      connectionWaitMean: null,
      counters: [],
      hitRatio: null,
      age: null,
      calls: { arrived: 12_000, done: 11_985, failed: [], inFlightAtStart: 0, inFlightAtEnd: 15, abandonedAtEnd: 0 },
    },
  ],
  bottleneck: { block: 'web', instance: null, resource: 'cores', utilization: 0.781, saturationLoad: 1.28 },
  breakdown: {
    requestsFollowed: 1080,
    meanMs: 18.3,
    mean: between(17.9, 18.3, 18.7),
    kinds: [],
    parts: [
      { block: 'web', activity: 'waiting', ms: 2.28, share: 0.1246 },
      { block: 'web', activity: 'processing', ms: 10, share: 0.5464 },
      { block: 'wire', activity: 'network', ms: 6, share: 0.3279 },
      { block: 'a', activity: 'processing', ms: 0.01, share: 0.0005 },
      { block: 'b', activity: 'processing', ms: 0.01, share: 0.0005 },
    ],
  },
  acknowledged: [],
  cost: {
    estimate: { sufficient: true, point: 1.52, low: 1.52, high: 1.52, confidence: 0.95, replications: 20 },
    perHour: 1.52,
    perMonth: 1109.6,
    perMillionAnswered: 0.165,
    parts: [{ block: 'web', what: 'instances', perHour: 1.52 }],
    withoutPrice: ['front', 'db'],
  },
  objectives: [
    { objective, verdict: 'met', measured: between(79.8, 80.9, 82.5), worlds: null },
    {
      objective: {
        ...objective,
        text: 'availability >= 99.9%',
        measure: 'availability',
        dimension: 'share',
        bound: 0.999,
      },
      verdict: 'missed',
      measured: between(0.9985, 0.9987, 0.9989),
      worlds: { met: 17, inconclusive: 0, of: 100, share: between(0.11, 0.17, 0.26) },
    },
  ],
  worlds: null,
  assumptions: [],
  trace: null,
  pictures: null,
}
