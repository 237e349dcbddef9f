import { expect, test } from 'vitest'
import { printAssumptions } from './assumptions.ts'
import { printComparison } from './comparison.ts'
import { type Page, plain } from './page.ts'
import { printPhases } from './phases.ts'
import { joinSections, printReport } from './report.ts'
import { between, missing, sampleAnswer } from './sample-answer.ts'
import { printTrace } from './trace.ts'
import { printVerdict } from './verdict.ts'
import { displayWidth } from './width.ts'
import { printWorlds } from './worlds.ts'

const page: Page = { width: 80, colours: plain }
const text = (lines: readonly string[]) => joinSections([lines])
const next = [{ command: 'loadpath simulate web.yaml --assumptions', tells: 'Every default in force' }]

test('the whole report', () => {
  expect(`\n${printReport(sampleAnswer, page, { assumptions: false, next })}`).toMatchInlineSnapshot(`
    "
    web tier
    A balancer and some servers.

    Carries this load; it is near the knee.

    Objectives
              objective              measured             met in
      met     p99 < 200ms            80.9 ms (79.8–82.5)
      missed  availability >= 99.9%  99.87 % ± 0.02       17 of 100 worlds (11–26 %)

    Requests
      offered             2,560/s ± 3
      throughput          2,559/s ± 3
      availability        99.87 % ± 0.02
      mean response time  18.3 ms ± 0.2, over the 99.8 % that were answered

    Response time
      percentile  response time                           service time +5 %  +20 %
      p50         12.1 ms (12.0–12.2)                     12.9 ms            16.0 ms
      p99         80–240 ms, near the knee                95.0 ms            240 ms
      p99.9       insufficient data: 7 of 10
                  replications
      Near the knee, the range ends at the value of the percentile with service
      times 20 % longer.

    Response time breakdown
      web              processing  ###################        10.0 ms       55 %
      wire             network     >>>>>>>>>>>                6.00 ms       33 %
      web              waiting     ....                       2.28 ms       12 %
      2 smaller parts                                         20.0 µs  under 1 %
      sum                                               18.3 ms ± 0.4      100 %
      Mean over a sample of 1,080 answered requests, each followed through all
      blocks.

    Blocks
      block  calls        utilization    queue length   mean wait     mean time in
                                                                      block
      web    2,560/s ± 3  cores 78.1 %   3.2 ± 0.1, at  2.0 ms ± 0.1  18.2 ms ± 0.2
                          ± 0.4          most 40
                          workers
                          72.8 % ± 0.7

    Bottleneck
      web saturates first: its cores are at 78.1 % utilization and reach 100 % at
      1.28 times this load, if utilization grows linearly.

    Request outcomes
         12,000  offered
      =  11,980  answered                     99.8 %
      +      15  rejected                     0.125 %
      +       3  timed out                    0.025 %
      +       0  lost                         (below 0.025 %)
      +       2  in flight at the end         0.0167 %
             15  of these: queue-full at web
              3  of these: timed-out at db

    Cost
      $1.52/h, $1,110 a month, $0.165 per million answered requests.
      Not in the sum: front and db (no price set).

    ± and ranges in brackets are 95 % confidence intervals over 20 independent
    replications. Steady-state run (nothing in the design changes with time): each
    replication has 1.4 s of warm-up and 12.7 s of measurement. Precision of the
    mean: ±1.1 % (target ±2 %). Seed 7; 3,305,842 events.

    Every default in force:
      loadpath simulate web.yaml --assumptions
    "
  `)
})

test.each([40, 60, 80, 120])('no line is wider than %d columns', (width) => {
  const report = printReport(sampleAnswer, { ...page, width }, { assumptions: true, next: [] })
  expect(Math.max(...report.split('\n').map(displayWidth))).toBeLessThanOrEqual(width)
})

test('a design that is overloaded has no percentile, and its verdict comes first', () => {
  const sentence = 'overloaded: thumbnails handles at most 33/s of the 100/s it receives; its backlog grows by 67/s'
  const full = { resource: 'cores', instance: null, utilization: 1, load: 3 }
  const overload = {
    block: 'thumbnails',
    growsPerSecond: 67,
    carriesPerSecond: 40,
    offeredPerSecond: 100,
    finishedPerSecond: 33,
    failedPerSecond: 0,
    full,
  }
  const [all] = sampleAnswer.requests
  const answer = {
    ...sampleAnswer,
    verdict: {
      outcome: 'overloaded',
      nearKnee: false,
      sentence,
      overloads: [overload, { ...overload, block: 'mail', full: null }],
    },
    requests: all === undefined ? [] : [{ ...all, mean: missing('the backlog grows'), percentiles: [] }],
  } as const
  expect(`\n${text(printVerdict(answer, page))}`).toMatchInlineSnapshot(`
    "
    web tier
    A balancer and some servers.

    Overloaded: thumbnails handles at most 33/s of the 100/s it receives; its
    backlog grows by 67/s.
    Waiting times grow without limit, so the report has no response times.
      thumbnails: 100/s arrive, 33.0/s finish, the backlog grows by 67.0/s; it
      handles at most 40.0/s.
      mail: 100/s arrive, 33.0/s finish, the backlog grows by 67.0/s.
    "
  `)
  const report = printReport(answer, page, { assumptions: false, next: [] })
  expect(report).not.toMatch(/p99 +\d|mean response|breakdown/)
})

test('a run without a steady state has counts, and says what they are of', () => {
  const answer = { ...sampleAnswer, run: { ...sampleAnswer.run, isUnsettled: true } } as const
  const report = printReport(answer, page, { assumptions: false, next: [] })
  expect(report).not.toContain('\nBlocks')
  expect(report.replaceAll(/\s+/g, ' ')).toContain('The run did not reach steady state')
})

test('phases stand one below the other', () => {
  const [requests] = sampleAnswer.requests
  if (requests === undefined) throw new Error('the sample has requests')
  const phases = [
    { label: 'before', fromMs: 0, toMs: 60_000, requests },
    { label: 'spike', fromMs: 60_000, toMs: 80_000, requests },
  ]
  expect(`\n${text(printPhases({ ...sampleAnswer, phases }, page))}`).toMatchInlineSnapshot(`
    "
    Over time
      time     phase   throughput   availability    mean response    p99
                                                    time
      0–60 s   before  2,559/s ± 3  99.87 % ± 0.02  18.3 ms ± 0.2    80–240 ms, near
                                                                     the knee
      60–80 s  spike   2,559/s ± 3  99.87 % ± 0.02  18.3 ms ± 0.2    80–240 ms, near
                                                                     the knee
    "
  `)
})

test('ranges over worlds and confidence intervals are printed differently', () => {
  const worlds = {
    count: 100,
    uncertain: [{ path: 'visitors.rate', text: '300/s ± 20%' }],
    ranges: [
      { measure: 'mean', dimension: 'duration', low: 14, high: 241 },
      { measure: 'p99', dimension: 'duration', low: 120, high: Infinity },
    ],
  } as const
  expect(`\n${text(printWorlds({ ...sampleAnswer, worlds }, page))}`).toMatchInlineSnapshot(`
    "
    Uncertain numbers
      One number of this design is uncertain. Each of 100 worlds draws it again.
      Ranges cover 5–95 % of the worlds. Only better inputs narrow them, not more
      simulation.
      measure  range over worlds
      mean     14–241 ms
      p99      120 ms or more

      uncertain      drawn from
      visitors.rate  300/s ± 20%
    "
  `)
})

test('one request is followed through all blocks', () => {
  const trace = {
    request: { source: 'visitors', request: 12, kind: 'view', arrivedMs: 1000, endedMs: 1100, outcome: 0 },
    replication: 3,
    failure: null,
    segments: [
      { block: 'web', activity: 'waiting', fromMs: 1000, toMs: 1060, note: 'core' },
      { block: 'web', activity: 'processing', fromMs: 1060, toMs: 1090 },
      { block: 'wire', activity: 'network', fromMs: 1090, toMs: 1100 },
    ],
  } as const
  expect(`\n${text(printTrace({ ...sampleAnswer, trace }, page))}`).toMatchInlineSnapshot(`
    "
    Slowest request
      A “view” request of visitors arrived at 1.00 s and was answered after 100 ms.
            at  block  activity           for
         +0 ms  web    waiting: core  60.0 ms  ..................
      +60.0 ms  web    processing     30.0 ms                    #########
      +90.0 ms  wire   network        10.0 ms                             >>>
    "
  `)
})

test('assumptions name their source', () => {
  const assumptions = [
    { path: 'db.connections', value: '100', meaning: 'connections in all', source: 'PostgreSQL `max_connections`' },
    { path: 'web.speed', value: '1', meaning: 'speed of a core' },
  ]
  const answer = { ...sampleAnswer, assumptions }
  expect(`\n${text(printAssumptions(answer, page))}`).toMatchInlineSnapshot(`
    "
    Assumptions
      Defaults in force: values that the design does not set.
      db.connections: 100
          connections in all
          source: PostgreSQL \`max_connections\`
      web.speed: 1
          speed of a core
    "
  `)
  expect(`\n${text(printAssumptions(answer, { ...page, width: 120 }))}`).toMatchInlineSnapshot(`
    "
    Assumptions
      Defaults in force: values that the design does not set.
      path            value  meaning             source
      db.connections  100    connections in all  PostgreSQL \`max_connections\`
      web.speed       1      speed of a core
    "
  `)
})

test('a comparison says which differences are certain', () => {
  const comparison = {
    schemaVersion: 1,
    designs: [sampleAnswer, { ...sampleAnswer, variant: 'double' }],
    differences: [
      {
        of: 'double',
        from: 'web tier',
        measures: [
          {
            measure: 'mean',
            dimension: 'duration',
            first: 18.3,
            second: 14.2,
            difference: between(-4.3, -4.1, -3.9),
            verdict: 'lower',
          },
          {
            measure: 'availability',
            dimension: 'share',
            first: 0.9987,
            second: 0.999,
            difference: between(-0.0001, 0.0003, 0.0007),
            verdict: 'not significant',
          },
        ],
      },
    ],
  } as const
  expect(`\n${joinSections(printComparison(comparison, page))}`).toMatchInlineSnapshot(`
    "
    web tier

    Carries this load; it is near the knee.

    web tier, variant double

    Carries this load; it is near the knee.

    Objectives
      objective              web tier                  double
      p99 < 200ms            met: 80.9 ms (79.8–82.5)  met: 80.9 ms (79.8–82.5)
      availability >= 99.9%  missed: 99.87 % ± 0.02    missed: 99.87 % ± 0.02

    double compared with web tier
      measure       web tier  double   difference
      mean          18.3 ms   14.2 ms  -4.1 ms ± 0.2        lower
      availability  99.87 %   99.90 %  +0.03 points ± 0.04  not significant

    Designs are compared with common random numbers: the same requests at the same
    times. A difference is “not significant” if its interval contains 0.
    "
  `)
})

test('text of a design cannot move the cursor', () => {
  const report = printReport({ ...sampleAnswer, design: 'a\u001b[2Jb' }, page, { assumptions: false, next: [] })
  expect(report).not.toContain('\u001b')
})
