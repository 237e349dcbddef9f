import { changedBy } from '../before-run/repeating.ts'
import { makerOf, nameOf, nameOfMaking } from './paths.ts'
import { rule } from './rule.ts'

export const retriesHeldBack = rule({
  name: 'retries-held-back',
  title: 'Retries that are not made after a time-out',
  summary:
    'A call has `retry`, and doing it twice would change something twice. So it is repeated only after a failure that certainly did nothing: refused, down, breaker open.',
  why: 'After a time-out or a crash nobody knows whether the work was done. A caller that counts on its retries then fails.',
  remedy:
    'Write `idempotent: by-key` at the endpoint that is called, or `idempotent: always` at a write that sets a value. Or write `failures: all` at the retry, and it is done twice.',
  source:
    'RFC 9110, section 9.2.2; M. Brooker, “Timeouts, retries, and backoff with jitter”, Amazon Builders’ Library, 2019',
  aliases: ['safe-retries'],
  examples: {
    unwise: `loadpath: 1
name: an order that is not repeated
traffic: { visitors: { rate: 10/s, requests: { order: { to: web, timeout: 1s, retry: { attempts: 2 } } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { order: [{ call: orders.write }] } }
  orders: { type: database }
`,
    wise: `loadpath: 1
name: an order that is known again
traffic: { visitors: { rate: 10/s, requests: { order: { to: web, timeout: 1s, retry: { attempts: 2 } } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { order: { idempotent: by-key, do: [{ call: orders.write }] } } }
  orders: { type: database }
`,
  },
  look({ flows, design }) {
    return flows.flatMap((flow) => {
      const { retry, hedge } = flow.edge.options ?? {}
      if (retry === undefined || retry.attempts === 1 || retry.failures === 'all' || hedge !== undefined) return []
      const changed = changedBy(design, flow.edge.to, nameOfMaking(flow))
      if (changed === undefined) return []
      const what = `\`${makerOf(flow)}\` does not repeat a call to \`${nameOf(flow.edge.to)}\` after a time-out: it may have changed \`${changed}\``
      const severity = flow.edge.options?.timeout === undefined ? ('note' as const) : ('warning' as const)
      return [{ at: flow.edge.to, field: 'retry', severity, what }]
    })
  },
})
