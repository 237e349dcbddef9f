import { runKind, timedMoments } from '../before-run/run-kind.ts'
import { printQuantity } from '../support/units.ts'
import { writtenDurations } from './durations.ts'
import { rule } from './rule.ts'

export const runTooShort = rule({
  name: 'run-too-short',
  title: 'A run that ends before what it should show',
  summary: 'Something of the design takes longer than the run, or happens after its end.',
  why: 'What does not happen within the run is not in the answer: an entry that never expires, a time-out that never fires, a recovery that nobody sees.',
  remedy: 'Make the run longer (`run: { for: … }`), or what it should show shorter.',
  examples: {
    unwise: `loadpath: 1
name: ends too soon
traffic: { visitors: { rate: 100/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { view: [{ compute: 5ms }] } }
faults: [{ crash: web.2, at: 50s, for: 30s }]
run: { for: 60s }
`,
    wise: `loadpath: 1
name: sees the recovery
traffic: { visitors: { rate: 100/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { view: [{ compute: 5ms }] } }
faults: [{ crash: web.2, at: 50s, for: 30s }]
run: { for: 120s }
`,
  },
  look({ design, flows }) {
    const kind = runKind(design)
    if (kind.kind === 'steady') return []
    const print = (ms: number) => printQuantity(ms, 'duration')
    const ends = `the run ends at ${print(kind.lengthMs)}`
    const tooLong = (field: string, ms: number) => `${ends}, before the \`${field}\` of ${print(ms)} has passed once`
    const late = timedMoments(design).filter(({ atMs }) => atMs >= kind.lengthMs)
    const events = late.map(({ label, atMs }) => `“${label}” at ${print(atMs)}`).join(' and ')
    const timeouts = flows.map(({ edge }) => ({ at: edge.to, ms: edge.options?.timeout ?? 0 }))
    const found = [
      ...(late.length > 0 ? [{ at: 'run.for', what: `${ends}, before ${events}` }] : []),
      ...writtenDurations(design).map(({ path, field, ms }) => ({ at: path, what: tooLong(field, ms), ms })),
      ...timeouts.map(({ at, ms }) => ({ at, field: 'timeout', what: tooLong('timeout', ms), ms })),
    ]
    return found
      .filter((one) => !('ms' in one) || one.ms >= kind.lengthMs)
      .map(({ at, what, ...rest }) => ({
        at,
        what,
        severity: 'warning',
        ...('field' in rest ? { field: rest.field } : {}),
      }))
  },
})
