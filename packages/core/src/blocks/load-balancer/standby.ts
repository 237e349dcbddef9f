import { failovers } from '../../protocols/index.ts'
import type { FieldReport } from '../../support/definition.ts'
import { count, policy, record, type Values } from '../../support/params.ts'

/** How many balancers there are, and what the others do if one fails. */
export const standbyParams = {
  instances: count({
    meaning:
      'how many balancers there are, each with its own state. Without `standby` all are active, and callers spread evenly over them',
    default: 1,
    min: 1,
    max: 100,
  }),
  standby: record({
    main: 'count',
    meaning: 'makes all instances but one stand by: calls go to the one that has the common address',
    optional: true,
    fields: {
      count: count({ meaning: 'how many of the instances stand by: all but one', default: 1, min: 1, max: 99 }),
    },
  }),
  failover: policy({
    meaning: 'how a standby takes over the common address',
    family: failovers,
    default: 'none',
  }),
}

type StandbyValues = Values<typeof standbyParams>

export function checkStandby({ instances, standby }: StandbyValues, report: FieldReport): void {
  if (standby === undefined || instances - standby.count === 1) return
  const active = Math.max(0, instances - standby.count)
  const message = `${instances} instances with ${standby.count} standing by leave ${active} active`
  report('standby', message, instances === 1 ? 'write `instances: 2`' : `write \`standby: ${instances - 1}\``)
}

/** What is lost while one instance is down, and the remedy; undefined where the others go on. */
export function lostWithOneBalancer({ instances, standby, failover }: StandbyValues) {
  const remedy = 'write `instances: 2, standby: 1, failover: heartbeat`'
  if (instances === 1) return { because: 'is one instance', remedy }
  if (standby === undefined || failover.name !== 'none') return undefined
  return { because: 'has a standby that does not take over', remedy: 'write `failover: heartbeat`' }
}
