import { blockNamed } from '../before-run/named.ts'
import { blocks } from '../blocks/index.ts'
import { instancesOf } from '../blocks/instances-of.ts'
import { faultStrike } from '../faults/in-design.ts'
import type { BlockValues, Design } from '../language/design.ts'
import type { Chosen, Reference } from '../support/params.ts'
import { listWords } from '../support/suggest.ts'
import { risksOf } from './paths.ts'
import { type Observation, rule } from './rule.ts'

/** A check once a second, or slower, sees nothing of a shorter fault, ms. */
const leastMs = 1000
/** A balancer with the usual check (every 2 s, three failures) leaves an instance out after so long at the latest, ms. */
const usuallyNoticedMs = 6000

export const noHealthCheck = rule({
  name: 'no-health-check',
  title: 'A balancer that does not notice a failed instance',
  summary:
    'A fault stops some instances behind a balancer for a second or longer, and the balancer has no health check.',
  why: 'The balancer keeps the instance in its list, so the share of calls that it sends there fails or waits until the instance is back.',
  remedy: 'add `health-check: 1s` to the balancer, or accept this to see what its absence costs',
  source: 'B. Beyer et al., Site Reliability Engineering, O’Reilly 2016, chapter 20 (unhealthy tasks)',
  examples: {
    unwise: `loadpath: 1
name: unnoticed
traffic: { visitors: { rate: 100/s, requests: { view: { to: front, timeout: 1s } } } }
blocks:
  front: { type: load-balancer, targets: web }
  web: { type: service, instances: 3, endpoints: { view: [{ compute: 5ms }] } }
faults: [{ crash: web.2, at: 20s, for: 20s }]
run: { for: 60s }
`,
    wise: `loadpath: 1
name: noticed
traffic: { visitors: { rate: 100/s, requests: { view: { to: front, timeout: 1s } } } }
blocks:
  front: { type: load-balancer, targets: web, health-check: 1s }
  web: { type: service, instances: 3, endpoints: { view: [{ compute: 5ms }] } }
faults: [{ crash: web.2, at: 20s, for: 20s }]
run: { for: 60s }
`,
  },
  look: ({ design }) => design.blocks.flatMap((block) => unnoticedBehind(block, design)),
})

/** The faults that a balancer does not notice, as one observation. */
function unnoticedBehind(block: BlockValues, design: Design): readonly Observation[] {
  const targets = risksOf(block).uncheckedTargets?.(block.values as never)
  if (targets === undefined) return []
  const struck = design.faults.flatMap((fault) => struckBy(fault, targets, design))
  if (struck.length === 0) return []
  const names = listWords([...new Set(struck.map(({ name }) => name))], 'and')
  const state = struck.length === 1 ? `while it is ${struck[0]?.state}` : 'during their faults'
  const severity = struck.some(({ meanMs }) => meanMs >= usuallyNoticedMs) ? ('warning' as const) : ('note' as const)
  const what = `\`${block.name}\` has no health check, so it sends calls to ${names} ${state}`
  return [{ at: block.name, severity, what }]
}

/** What a fault stops among the targets, if some of them go on and the fault lasts. */
function struckBy(fault: Chosen, targets: readonly Reference[], design: Design) {
  const { state, failsHealthChecks, touched, isAllAtOnce, meanMs } = faultStrike(fault)
  if (!failsHealthChecks || meanMs < leastMs) return []
  const all = targets.reduce((sum, target) => sum + instancesBehind(target, design), 0)
  return touched.flatMap((one) => {
    const hit = targets.filter((target) => isSame(target, one))
    const stopped = one.instance !== undefined ? 1 : isAllAtOnce ? instancesBehind(one, design) : 1
    if (hit.length === 0 || stopped >= all) return []
    return [{ name: one.instance === undefined ? one.block : `${one.block}.${one.instance}`, state, meanMs }]
  })
}

function isSame(target: Reference, struck: Reference): boolean {
  const isEveryOne = target.instance === undefined || struck.instance === undefined
  return target.block === struck.block && (isEveryOne || target.instance === struck.instance)
}

function instancesBehind({ block, instance }: Reference, design: Design): number {
  if (instance !== undefined) return 1
  const named = blockNamed(design, block)
  return named === undefined ? 1 : instancesOf(blocks.get(named.type), named.values)
}
