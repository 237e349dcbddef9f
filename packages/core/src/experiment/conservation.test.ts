import { describe, expect, it } from 'vitest'
import type { Design } from '../language/design.ts'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { ledgerOf } from './ledger.ts'
import { prepare } from './pilots.ts'
import { replicate } from './replicate.ts'
import { nextRound, resultsOf } from './rounds.ts'

/** Everything at once: retries, hedged branches, small queues, lossy links, and a fault for every block. */
const everything = (cancels: string, overflow: string, update: string) => `loadpath: 1
name: nasty
traffic:
  visitors:
    rate: 60/s
    arrival: bursty cv 3
    requests:
      view: { weight: 9, to: net, key: zipf 0.9 over 100k, timeout: 80ms, cancels: ${cancels}, retry: { attempts: 3 }, deadline: 300ms }
      post: { to: net, key: uniform over 1k, size: 100KiB, timeout: 200ms, cancels: ${cancels} }
  bots: { users: 4, think: exponential 200ms, requests: { view: { to: front, key: uniform over 1, timeout: 100ms, cancels: ${cancels} } } }
blocks:
  net: { type: link, to: front, latency: exponential 2ms, bandwidth: 400Mbit/s, loss: 1% }
  front: { type: load-balancer, choice: power-of-two, targets: [web, extra.1], compute: 0.2ms, health-check: { every: 1s, timeout: 200ms } }
  web:
    type: service
    instances: 3
    workers: 6
    cores: 2
    limit: 10
    endpoints:
      view:
        - compute: { p50: 3ms, p99: 20ms }
        - parallel:
            - [ { compute: 2ms }, { call: album.read } ]
            - [ { call: photos.read, timeout: 20ms, cancels: ${cancels}, retry: { attempts: 2 }, on-failure: go-on } ]
            - [ { wait: 1ms } ]
        - { repeat: 2, do: [ { call: album.read, key: uniform over 10k, timeout: 50ms, cancels: ${cancels} } ] }
        - respond: 20KiB
      post:
        - call: album.write
        - publish: jobs
  extra: { type: service, workers: event-loop, cores: 2, endpoints: { any: [ { compute: 5ms }, { call: photos.read }, { compute: 2ms } ] } }
  album: { type: cache, of: photos, update: ${update}, capacity: 2000, ttl: 5s, single-flight: per-key, workers: 4 }
  photos: { type: database, connections: 10, workers: 4, cores: 2, limit: 20, read: exponential 4ms, write: 6ms }
  jobs: { type: queue, limit: 5, overflow: ${overflow}, workers: { instances: 2, compute: exponential 30ms, call: photos.write, timeout: 100ms } }
faults:
  - { crash: web.2, at: 5s, for: 5s }
  - { crash: photos, at: 12s, for: 1s }
  - { crash: album, at: 15s, for: 1s }
  - { crash: jobs, at: 16s, for: 1s }
  - { crash: front, at: 17s, for: 500ms }
  - { slow: extra, factor: 3, at: 8s, for: 4s }
  - { pause: web, every: exponential 2s, for: exponential 300ms }
  - { slow: net, factor: 5, at: 10s, for: 3s }
  - { crash: net, at: 19s, for: 300ms }
run: { for: 25s, repeat: 2 }
`

function designOf(text: string): Design {
  const { design, problems } = readDesign(text, catalogue)
  expect(problems).toEqual([])
  return design as Design
}

async function run(design: Design, seed: number) {
  const options = {
    runner: async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task)),
  }
  const context = { options, seed, workFactor: 1 }
  const rounds = await prepare(design, context)
  while (!(await nextRound(rounds, context))) {}
  return resultsOf(rounds)
}

describe('ledgers add up under every fault', () => {
  for (const cancels of ['nothing', 'queued', 'all']) {
    for (const overflow of ['reject', 'drop-oldest', 'block']) {
      for (const update of ['cache-aside', 'read-through']) {
        it(`cancels ${cancels}, overflow ${overflow}, ${update}`, async () => {
          const results = await run(designOf(everything(cancels, overflow, update)), 7)
          const {
            offered,
            answered,
            rejected: refused,
            timedOut,
            lost,
            inFlight: inside,
          } = ledgerOf(results, results.all)
          expect(answered + refused + timedOut + lost + inside).toBe(offered)
          // Visitors give up after three attempts of 80 ms and two pauses of at most 300 ms together; bots are four.
          expect(inside).toBeLessThan(2 * (4 + 60 * 3 * 0.6))
        })
      }
    }
  }
})

describe('a lost message', () => {
  const lossy = (timeout: string) => `
loadpath: 1
name: lossy
traffic:
  visitors: { rate: 200/s, requests: { view: { to: net${timeout} } } }
blocks:
  net: { type: link, to: web, latency: 1ms, loss: 20% }
  web: { type: service, endpoints: { view: [ { compute: 1ms } ] } }
run: { for: 20s, repeat: 10 }
`
  it('times out a caller with a time-out: the request or the answer is lost in 36 % of the calls', async () => {
    const results = await run(designOf(lossy(', timeout: 50ms')), 1)
    const { offered, timedOut, lost } = ledgerOf(results, results.all)
    expect(lost).toBe(0)
    expect(timedOut / offered).toBeGreaterThan(0.34)
    expect(timedOut / offered).toBeLessThan(0.38)
  })

  it('counts as a lost request if no caller has a time-out', async () => {
    const results = await run(designOf(lossy('')), 1)
    const { offered, timedOut, lost } = ledgerOf(results, results.all)
    expect(timedOut).toBe(0)
    expect(lost / offered).toBeGreaterThan(0.34)
    expect(lost / offered).toBeLessThan(0.38)
  })
})
