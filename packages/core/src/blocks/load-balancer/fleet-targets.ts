import type { Target } from './balancer.ts'
import type { LoadBalancerValues } from './load-balancer.ts'
import type { Selection } from './selection.ts'
import { subsetOf } from './subset.ts'

/** Lets the targets of a balancer be those instances that are there, of blocks whose instances come and go. */
export function followFleets(
  targets: readonly Target[],
  selection: Selection,
  { subset }: LoadBalancerValues,
  balancer: string,
): void {
  for (const block of new Set(targets.map((target) => target.block))) {
    const { fleet } = block
    if (!fleet) continue
    const own = [...targets.keys()].filter((target) => targets[target]?.block === block)
    const follow = (): void => {
      const used = new Set(subsetOf(balancer, fleet.members, subset))
      for (const target of own) selection.setPresent(target, used.has((targets[target] as Target).instance))
    }
    fleet.watch(follow)
    follow()
  }
}
