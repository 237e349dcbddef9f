import type { Flow } from '../before-run/flows.ts'
import { printQuantity } from '../support/units.ts'
import { makerOf, nameOf, waitingCallers } from './paths.ts'
import { type Observation, rule } from './rule.ts'

export const innerTimeoutLonger = rule({
  name: 'inner-timeout-longer',
  title: 'A time-out that is longer than that of the caller',
  summary: 'A call with all its attempts can wait longer than the call that waits for it.',
  why: 'The outer caller has given up, and the inner one goes on waiting and trying for nobody: work that is thrown away, most of all under overload.',
  remedy:
    'Make time-outs shorter from the outside to the inside, attempts included, or let a time-out cancel what is in work: `cancels: all`.',
  source: 'B. Beyer et al., Site Reliability Engineering, O’Reilly 2016, chapter 22, “Latency and deadlines”',
  examples: {
    unwise: `loadpath: 1
name: patience in the wrong place
traffic: { visitors: { rate: 100/s, requests: { view: { to: web, timeout: 1s } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { view: [{ call: photos.read, timeout: 3s }] } }
  photos: { type: database }
`,
    wise: `loadpath: 1
name: time-outs that shrink
traffic: { visitors: { rate: 100/s, requests: { view: { to: web, timeout: 1s } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { view: [{ call: photos.read, timeout: 300ms }] } }
  photos: { type: database }
`,
  },
  look: ({ flows }) => flows.flatMap(longerThanOuter),
})

function longerThanOuter(flow: Flow): readonly Observation[] {
  const { options, to } = flow.edge
  const outer = waitingCallers(flow).find((caller) => caller.edge.options?.timeout !== undefined)
  const outerMs = outer?.edge.options?.timeout
  const ownMs = options?.timeout
  if (outer === undefined || outerMs === undefined || ownMs === undefined) return []
  const attempts = options?.retry?.attempts ?? 1
  if (outer.edge.options?.cancels === 'all' || ownMs * attempts < outerMs) return []
  const print = (ms: number) => printQuantity(ms, 'duration')
  const waits =
    ownMs >= outerMs
      ? `waits up to ${print(ownMs)} for \`${nameOf(to)}\``
      : `makes up to ${attempts} attempts of ${print(ownMs)} at \`${nameOf(to)}\``
  const what = `\`${makerOf(flow)}\` ${waits}, and \`${makerOf(outer)}\` gives up after ${print(outerMs)}`
  return [{ at: to, field: 'timeout', severity: 'warning', what }]
}
