import { rate, reference, share } from '../support/params.ts'
import { withoutEffect } from './context.ts'
import { instanceFault } from './fault.ts'
import { nameOf } from './timing.ts'

const perS = 1000

export const leak = instanceFault({
  name: 'leak',
  title: 'Leak of connections',
  summary:
    'Connections of a pool are not given back: nobody uses them, and the pool has fewer. They come back when the fault is over, or when the process of the instance ends.',
  mistakenFor: ['connection-leak', 'pool-leak', 'exhaust', 'resource-leak'],
  goodFor: 'a path of the code that forgets to close its connection: the pool is empty hours after the release',
  costs: 'calls wait for a connection, and at last all of them: the store behind is idle',
  seenIn: ['HikariCP `leakDetectionThreshold`', 'Tomcat JDBC `removeAbandoned`'],
  example: { leak: 'webshop', share: '5%', at: '20s', for: '60s' },
  params: {
    to: reference({
      meaning: 'the block to which the connections are, if the instance has several pools; without it all',
      to: 'block',
      optional: true,
    }),
    share: share({
      meaning: 'share of the calls and transactions that keep their connection, drawn by request',
      above: 0,
      max: 1,
      optional: true,
    }),
    rate: rate({
      meaning: 'connections that an instance loses in a time, each the next one that would be given back',
      above: 0,
      optional: true,
    }),
  },
  check({ share, rate }, report) {
    if (share !== undefined && rate !== undefined) {
      report('rate', '`share` and `rate` both say how many are lost', 'remove `rate`, or `share`')
    }
    if (share !== undefined || rate !== undefined) return
    report({
      code: 'missing-field',
      message: '`leak` does not say how many connections are lost',
      expected: '`share: 1%` of the calls, or `rate: 6/min`',
      hint: 'add `share: 1%`',
    })
  },
  affects: 'pools',
  state: 'leaking',
  stateAfter: 'fixed',
  checkContext({ on, to }, { poolsOf }) {
    const pools = poolsOf(on)
    if (pools.length > 0 && (to === undefined || pools.includes(to.block))) return []
    const why = `\`${nameOf(on)}\` has no pool of connections${to === undefined ? '' : ` to \`${to.block}\``}`
    const hint =
      to === undefined || pools.length === 0
        ? `give it one: \`calls: { ${to?.block ?? 'db'}: { pool: 10 } }\``
        : `write \`to: ${pools[0]}\``
    return [withoutEffect('leak', { field: to === undefined ? 'on' : 'to', why, hint })]
  },
  begin: (instance, { to, share = 0, rate = 0 }, site) =>
    instance.leak({ to: to?.block, share, perMs: rate / perS, site }),
})
