import type { Flow } from '../experiment/flows.ts'
import { blockNamed } from '../experiment/named.ts'
import { changesStored, isBelow, makerOf } from './paths.ts'
import { rule, type Subject } from './rule.ts'

export const retriesOfWrites = rule({
  name: 'retries-of-writes',
  title: 'Retries of something that may not be done twice',
  summary:
    'A call that is retried writes somewhere. Which writes may be repeated, a design cannot say yet: it is known by the name of the operation alone.',
  why: 'A time-out does not tell whether the write was done. Trying again does it twice: two orders, two payments, two messages.',
  remedy:
    'Make the write idempotent (a key that the receiver remembers) and accept the finding for that reason, or do not retry it.',
  source: 'M. Brooker, “Timeouts, retries, and backoff with jitter”, Amazon Builders’ Library, 2019',
  aliases: ['not-idempotent', 'idempotency'],
  examples: {
    unwise: `loadpath: 1
name: ordered twice
traffic: { visitors: { rate: 10/s, requests: { order: { to: web, timeout: 1s, retry: { attempts: 2 } } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { order: [{ call: orders.write }] } }
  orders: { type: database }
`,
    wise: `loadpath: 1
name: ordered once
traffic: { visitors: { rate: 10/s, requests: { order: { to: web, timeout: 1s } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { order: [{ call: orders.write }] } }
  orders: { type: database }
`,
  },
  look(subject) {
    return subject.flows.flatMap((flow) => {
      const attempts = flow.edge.options?.retry?.attempts ?? 1
      const written = attempts > 1 ? writtenBelow(flow, subject) : []
      if (written.length === 0) return []
      const what = `\`${makerOf(flow)}\` makes up to ${attempts} attempts, and each may write to ${written.join(' and ')} again`
      return [{ at: flow.edge.to, field: 'retry', severity: 'warning' as const, what }]
    })
  },
})

/** The blocks that keep what is written on behalf of this call; not those that only pass it on. */
function writtenBelow(above: Flow, { design, flows }: Subject): readonly string[] {
  const writes = flows.filter((flow) => {
    const block = blockNamed(design, flow.block)
    return block !== undefined && changesStored(block, flow.operation) && isBelow(flow, above)
  })
  const last = writes.filter((write) => !writes.some((other) => other.caller === write))
  return [...new Set(last.map(({ block }) => `\`${block}\``))]
}
