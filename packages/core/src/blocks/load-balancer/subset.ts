import { hashName, hashPair } from '../../kernel/random.ts'
import type { Target } from './balancer.ts'
import type { LoadBalancerValues } from './load-balancer.ts'

/**
 * The members that a balancer uses, so many of all: those with the highest hashes of balancer and member. Balancers of
 * other names use others, and one member more or less changes one. Source: rendezvous hashing, D. G. Thaler, C. V.
 * Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM Transactions on Networking 6(1), 1998.
 */
export function subsetOf(balancer: string, members: readonly number[], size: number | undefined): readonly number[] {
  if (size === undefined || size >= members.length) return members
  const own = hashName(balancer)
  const hashOf = (member: number) => hashPair(own, member) >>> 0
  return [...members]
    .sort((a, b) => hashOf(b) - hashOf(a) || a - b)
    .slice(0, size)
    .sort((a, b) => a - b)
}

/** The targets that a balancer uses: its subset of all, or of each block that has a share of its own. */
export function usedOf(
  targets: readonly Target[],
  { subset, targets: given }: LoadBalancerValues,
  balancer: string,
): readonly Target[] {
  // Of instances that come and go, those are used that are there: see `followFleets`.
  const used = (some: readonly Target[]) =>
    some[0]?.block.fleet ? some : subsetOf(balancer, [...some.keys()], subset).map((member) => some[member] as Target)
  if (Array.isArray(given)) return used(targets)
  const routes = [...new Set(targets.map(({ route }) => route))]
  return routes.flatMap((own) => used(targets.filter(({ route }) => route === own)))
}
