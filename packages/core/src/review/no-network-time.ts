import { takesNetworkTime } from '../before-run/network-time.ts'
import { type Observation, rule } from './rule.ts'

export const noNetworkTime = rule({
  name: 'no-network-time',
  title: 'Calls take no time on the network',
  summary: 'No places, link or CDN are in the design, so calls and answers cross the network in no time.',
  why: 'A round trip takes about 0.5 ms within a data center and 80 ms across an ocean. A request that makes ten calls one after the other pays it ten times.',
  remedy: 'say where blocks are (`places`, `in`), add a `link` with the `latency` between them, or accept this',
  source: 'J. Dean, "Numbers everyone should know", LADIS 2009',
  examples: {
    unwise: `loadpath: 1
name: at one place
traffic: { visitors: { rate: 100/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { view: [{ compute: 5ms }] } }
`,
    wise: `loadpath: 1
name: at a distance
traffic: { visitors: { rate: 100/s, requests: { view: { to: wire } } } }
blocks:
  wire: { type: link, to: web, latency: 20ms }
  web: { type: service, instances: 2, endpoints: { view: [{ compute: 5ms }] } }
`,
  },
  look({ design }): readonly Observation[] {
    const [source] = design.sources
    if (source === undefined || takesNetworkTime(design)) return []
    return [{ at: source.name, severity: 'note', what: 'no call of this design takes time on the network' }]
  },
})
