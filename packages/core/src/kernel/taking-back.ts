import type { Call, CancelScope } from './call.ts'
import type { Simulation } from './simulation.ts'

/** Stops waiting for an attempt, and takes it back as far as `scope` goes. */
export function drop(simulation: Simulation, call: Call, scope: CancelScope, end: 'failed' | 'withdrawn'): void {
  const { passage, holds, ticket } = call
  call.passage = null
  if (call.vanished) forget(simulation, call)
  else if (passage?.unqueue(call) === true) simulation.calls.close(call)
  else {
    simulation.abandon(call)
    // A call that has not arrived goes, whatever a time-out cancels.
    const within = call.receiver === null ? 'queued' : scope
    if (within !== 'nothing') simulation.takeBack(call, within)
  }
  passage?.ended(holds, ticket, end)
}

/** Takes back an attempt that its caller still waits for, if it is in reach of `scope`. @returns whether it is gone */
export function isTakenBack(simulation: Simulation, call: Call, scope: CancelScope): boolean {
  const { passage, holds, ticket } = call
  if (passage?.unqueue(call) === true) simulation.calls.close(call)
  else if (!simulation.takeBack(call, scope)) return false
  passage?.ended(holds, ticket, 'withdrawn')
  return true
}

function forget(simulation: Simulation, call: Call): void {
  if (call.traced && call.caller !== null) {
    simulation.trace(call.caller, 'waiting', call.arrivedMs, simulation.agenda.nowMs, 'lost message')
  }
  call.vanished = false
  simulation.calls.close(call)
}
