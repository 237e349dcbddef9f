import type { Call } from '../../kernel/call.ts'
import { CallSite } from '../../kernel/call-site.ts'
import { letGoOfAll } from '../../kernel/holding.ts'
import { type Outcome, ok } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { Station } from '../../kernel/station.ts'

/** Stops whatever a visit or a branch of it is at: waiting, computing, calling. It keeps its worker. */
export function stopVisit(simulation: Simulation, station: Station, call: Call): void {
  if (call.holding !== null) letGoOfAll(call)
  if (call.queue !== null) station.unqueue(call)
  station.interrupt(call)
  for (let { child } = call; child !== null; ) {
    const following: Call | null = child.sibling
    // A branch was never sent; a message under way has no receiver either.
    if (child.onReply === null && child.callSite === null) stopBranch(simulation, station, child)
    else if (child.callSite !== null) CallSite.cancelChild(call, 'all')
    else stopMessage(simulation, child)
    child = following
  }
  call.child = null
}

function stopBranch(simulation: Simulation, station: Station, branch: Call): void {
  stopVisit(simulation, station, branch)
  if (branch.held) station.leave()
  branch.sibling = null
  simulation.calls.close(branch)
}

function stopMessage(simulation: Simulation, message: Call): void {
  simulation.abandon(message)
  message.receiver?.cancel(message, 'all')
}

/** Counts the end of a branch of a visit. @returns whether the visit needs no other: enough succeeded, or too many failed */
export function isSettledBy(outcome: Outcome, visit: Call): boolean {
  visit.pending--
  if (outcome === ok) visit.needed--
  else if (visit.failure === 0) visit.failure = outcome
  const isMet = outcome === ok && visit.needed === 0
  if (isMet) visit.failure = 0
  return isMet || visit.pending === 0 || visit.pending < visit.needed
}

/** Ends all branches of a visit. */
export function stopBranches(simulation: Simulation, station: Station, visit: Call): void {
  const first = visit.child
  visit.child = null
  // What one holds may go to another, which must not end the step once more: all are marked as ended, then stopped.
  for (let branch = first; branch !== null; branch = branch.sibling) branch.begun = true
  for (let branch = first; branch !== null; branch = branch.sibling) stopVisit(simulation, station, branch)
  for (let branch = first; branch !== null; ) {
    const following: Call | null = branch.sibling
    branch.sibling = null
    if (branch.held) station.leave()
    simulation.calls.close(branch)
    branch = following
  }
}
