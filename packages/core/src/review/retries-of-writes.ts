import type { Flow } from '../before-run/flows.ts'
import { blockNamed } from '../before-run/named.ts'
import { changedBy } from '../before-run/repeating.ts'
import { changesStored, isBelow, makerOf, nameOfMaking } from './paths.ts'
import { rule, type Subject } from './rule.ts'

export const retriesOfWrites = rule({
  name: 'retries-of-writes',
  title: 'Retries of something that may not be done twice',
  summary:
    'A call that is repeated after every failure (`failures: all`), or hedged, does something twice that the design does not say to be idempotent.',
  why: 'A time-out does not tell whether the write was done. Trying again does it twice: two orders, two payments, two messages.',
  remedy:
    'Make it idempotent: `idempotent: by-key` at the endpoint, or `idempotent: always` at a write that sets a value. Or write `failures: safe`. The measure `duplicates` of the block counts what is done twice, if the block says `idempotent: never`.',
  source: 'M. Brooker, “Timeouts, retries, and backoff with jitter”, Amazon Builders’ Library, 2019',
  aliases: ['not-idempotent', 'idempotency'],
  examples: {
    unwise: `loadpath: 1
name: ordered twice
traffic: { visitors: { rate: 10/s, requests: { order: { to: web, timeout: 1s, retry: { attempts: 2, failures: all } } } } }
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
      const attempts = repeatedAttempts(flow, subject)
      const written = attempts > 1 ? writtenBelow(flow, subject) : []
      if (written.length === 0) return []
      const what = `\`${makerOf(flow)}\` makes up to ${attempts} attempts, and each may write to ${written.join(' and ')} again`
      return [{ at: flow.edge.to, field: hedges(flow) ? 'hedge' : 'retry', severity: 'warning' as const, what }]
    })
  },
})

/** Attempts that may do again what was done: 1 if none may. */
function repeatedAttempts(flow: Flow, { design }: Subject): number {
  const { retry, hedge } = flow.edge.options ?? {}
  const attempts = hedge?.attempts ?? (retry?.failures === 'all' ? retry.attempts : 1)
  return attempts > 1 && changedBy(design, flow.edge.to, nameOfMaking(flow)) !== undefined ? attempts : 1
}

function hedges({ edge }: Flow): boolean {
  return edge.options?.hedge !== undefined
}

/** The blocks that keep what is written on behalf of this call; not those that only pass it on. */
function writtenBelow(above: Flow, { design, flows }: Subject): readonly string[] {
  const writes = flows.filter((flow) => {
    const block = blockNamed(design, flow.block)
    return block !== undefined && changesStored(block, flow.operation) && isBelow(flow, above)
  })
  const last = writes.filter((write) => !writes.some((other) => other.caller === write))
  return [...new Set(last.map(({ block }) => `\`${block}\``))]
}
