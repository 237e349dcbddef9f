import { designOf, run, webTier } from './engine.mjs'
import { table, turns } from './turns.mjs'

const requests = 500_000
const rounds = 5

/** Cost of a request by number of instances behind the balancer. */
export function instances() {
  const contestants = {}
  for (const count of [10, 100, 1000, 10_000]) {
    const perSecond = 80 * count
    const design = designOf({
      traffic: { visitors: { rate: `${perSecond}/s`, requests: { view: { to: 'front' } } } },
      blocks: {
        front: { type: 'load-balancer', choice: 'round-robin', targets: 'web' },
        web: { type: 'service', instances: count, workers: 1, endpoints: { view: [{ compute: 'exponential 10ms' }] } },
      },
    })
    contestants[`${count} instances`] = (replication) => run(design, { requests, perSecond, replication })
  }
  print(contestants)
}

/** Cost of a request by number of requests in flight, each with an event of its own that is pending. */
export function flight() {
  const contestants = {}
  for (const inside of [100, 10_000, 1_000_000]) {
    const perSecond = 100_000
    const design = designOf({
      traffic: { visitors: { rate: `${perSecond}/s`, requests: { view: { to: 'web' } } } },
      blocks: {
        web: { type: 'service', endpoints: { view: [{ wait: `exponential ${(1000 * inside) / perSecond}ms` }] } },
      },
    })
    const wanted = Math.max(requests, 3 * inside)
    contestants[`${inside} in flight`] = (replication) => run(design, { requests: wanted, perSecond, replication })
  }
  print(contestants)
}

/** Cost of a request when the design holds blocks and faults that it never meets. */
export function unused() {
  const plain = webTier()
  const more = designOf({
    traffic: { visitors: { rate: '1/h', requests: { other: { to: 'album', key: 'zipf 0.9 over 10k' } } } },
    blocks: {
      album: { type: 'cache', of: 'photos', capacity: 1000, start: 'empty' },
      photos: { type: 'database' },
      jobs: { type: 'queue', workers: { instances: 2, compute: '5ms' } },
      wire: { type: 'link', to: 'jobs', latency: '1ms' },
    },
    faults: [
      { crash: 'photos', at: '1s', for: '1s' },
      { slow: 'jobs', factor: 2, at: '1s', for: '1s' },
    ],
  })
  const both = {
    ...plain,
    sources: [...plain.sources, { ...more.sources[0], name: 'others' }],
    blocks: [...plain.blocks, ...more.blocks],
    faults: more.faults,
  }
  const runs = (design) => (replication) => run(design, { requests, perSecond: 2560, replication })
  print({ 'web tier': runs(plain), 'with unused parts': runs(both) })
}

function print(contestants) {
  const best = turns(contestants, rounds)
  const cost = ({ seconds, offered }) => (seconds / offered) * 1e9
  const first = cost(Object.values(best)[0])
  table([
    ['', 'ns a request', 'ratio to the first'],
    ...Object.entries(best).map(([name, result]) => [name, cost(result).toFixed(0), (cost(result) / first).toFixed(2)]),
  ])
}
