import type { Call } from '../../kernel/call.ts'
import { CallSite } from '../../kernel/call-site.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { Station } from '../../kernel/station.ts'

/** Stops whatever a visit or a branch of it is at: waiting, computing, calling. It keeps its worker. */
export function stopVisit(simulation: Simulation, station: Station, call: Call): void {
  if (call.queue !== null) station.unqueue(call)
  station.interrupt(call)
  for (let { child } = call; child !== null; ) {
    const following: Call | null = child.sibling
    if (child.receiver === null && child.callSite === null) stopBranch(simulation, station, child)
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
