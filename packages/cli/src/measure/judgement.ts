import { examine, readCase, readClaim, replicate, type SimulateOptions, validate } from '@loadpath/core'
import { toJson } from '../json.ts'

const runner: NonNullable<SimulateOptions['runner']> = async (tasks) => tasks.map((task) => replicate(task))

/** A steady run, an overload, a crash, a percentile that is not given, and variants that are compared. */
const designText = `loadpath: 1
name: what is judged
traffic: { visitors: { rate: 50/s, requests: { page: { to: web } } } }
blocks: { web: { type: service, workers: 1, endpoints: { page: [{ compute: exponential 10ms }] } } }
run: { until: 10% }
objectives:
  - mean < 25ms
  - p99 < 110ms
  - page.p99.9 < 1s
  - web.utilization < 55%
  - full.throughput < 105/s
  - full.p99 > 1s
  - crash.availability < 99%
  - crash.p50 < 1s
  - fast.mean < 0.5 * mean
  - fast.p95 < mean + 50ms
variants:
  full: { visitors.rate: 120/s }
  fast: { web.endpoints.page: [{ compute: exponential 5ms }] }
  crash: { run: { for: 10s, repeat: 12 }, faults: [{ crash: web, at: 4s, for: 1s }] }
`

const readmeText = `---
id: JUDGE
claim: Everything that judges gives what it gave.
verdict: holds
group: judging
concepts: []
parts: []
sources: []
altered: "mean < 5ms"
---
`

const caseText = `id: JUDGE
title: M/M/1
source: "W = 1/(mu - lambda)"
provenance: "COMPUTED: closed form"
expect:
  - { measure: mean, equals: 20ms, tolerance: 5% }
  - { measure: p95, equals: 59.914645ms, tolerance: 8% }
`

let made: Promise<string> | undefined

/**
 * What the code that plans runs, estimates, and judges makes of a known claim and a known case: when it is the same to the last
 * byte, other verdicts come about as they did.
 */
export function judgement(): Promise<string> {
  made ??= judge()
  return made
}

async function judge(): Promise<string> {
  const { claim, problems } = readClaim({
    readmeText,
    readmeFile: 'README.md',
    designText,
    designFile: 'loadpath.yaml',
  })
  const read = readCase({ caseText, designText })
  const all = [...problems, ...read.problems].map(({ message }) => message)
  if (claim === undefined || read.case === undefined) throw new Error(all.join('; '))
  const { found, control, outcome } = await examine(claim, { runner })
  const { expectations } = await validate(read.case, { runner })
  return toJson([outcome, control, found.objectives, expectations.map(({ measured, verdict }) => [measured, verdict])])
}
