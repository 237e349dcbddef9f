import { type Chooser, choice, type Targets } from './choice.ts'
import { fromReports, reportsParam } from './reports.ts'

export const leastOutstanding = choice({
  name: 'least-outstanding',
  title: 'Least outstanding',
  summary:
    'The healthy target with the fewest calls not yet answered, relative to its weight; ties are broken at random, by weight.',
  source: 'join the shortest queue: F. A. Haight, "Two queues in parallel", Biometrika 45, 1958',
  goodFor: 'uneven targets, uneven requests: it steers around whatever is slow',
  costs:
    'each balancer counts only its own calls; with old `reports` all run to the same target; a target that fails fast looks idle and draws traffic',
  seenIn: ['HAProxy `leastconn`', 'nginx `least_conn`', 'AWS ALB `least_outstanding_requests`'],
  aliases: ['least-connections', 'least-conn', 'join-shortest-queue', 'jsq'],
  params: { reports: reportsParam },
  example: 'least-outstanding',
  weighs: true,
  create: ({ reports }, targets) =>
    fromReports(targets, reports, (known) =>
      known.weights.every((weight) => weight === known.weights[0]) ? byShelves(known) : byWeight(known),
    ),
})

/** O(1) by a shelf for each number of calls: for targets of equal weight. */
function byShelves(targets: Targets): Chooser {
  /** shelves[n] holds the available targets with n calls outstanding, in no order. */
  const shelves: number[][] = []
  const place = new Int32Array(targets.count).fill(-1)
  const shelfOf = new Int32Array(targets.count)
  let lowest = 0

  const put = (target: number): void => {
    const calls = targets.outstanding[target] as number
    while (shelves.length <= calls) shelves.push([])
    const shelf = shelves[calls] as number[]
    place[target] = shelf.length
    shelfOf[target] = calls
    shelf.push(target)
    if (calls < lowest) lowest = calls
  }
  const take = (target: number): void => {
    const shelf = shelves[shelfOf[target] as number] as number[]
    const at = place[target] as number
    const last = shelf.pop() as number
    if (last !== target) {
      shelf[at] = last
      place[last] = at
    }
    place[target] = -1
  }
  const move = (target: number): void => {
    if (place[target] === -1) return
    take(target)
    put(target)
  }
  const reset = (): void => {
    shelves.length = 0
    lowest = 0
    place.fill(-1)
    for (const target of targets.available) put(target)
  }
  reset()
  return {
    choose(_call, _nowMs, random) {
      while ((shelves[lowest] as number[]).length === 0) lowest++
      const shelf = shelves[lowest] as number[]
      return shelf[shelf.length === 1 ? 0 : random.below(shelf.length)] as number
    },
    onSent: move,
    onDone: move,
    onTargets: reset,
  }
}

/** The least calls / weight; of several, each with a probability in proportion to its weight. A weight of 0 comes last. */
function byWeight(targets: Targets): Chooser {
  return {
    choose(_call, _nowMs, random) {
      const { available, outstanding, weights } = targets
      let best = available[0] as number
      let least = Number.POSITIVE_INFINITY
      let together = 0
      for (const target of available) {
        const weight = weights[target] as number
        const load = weight === 0 ? Number.POSITIVE_INFINITY : (outstanding[target] as number) / weight
        if (load > least || weight === 0) continue
        together = load < least ? weight : together + weight
        if (load < least || random.next() * together < weight) best = target
        least = load
      }
      return best
    },
  }
}
