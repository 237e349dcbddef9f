import { kindsOf } from '../before-run/kinds.ts'
import { hasWindows, runKind, timedMoments } from '../before-run/run-kind.ts'
import type { Design } from '../language/design.ts'
import type { FieldReport } from '../support/definition.ts'
import { nominalWorld } from '../support/params.ts'
import { doesNotFit, type NoRoom } from './fold.ts'
import { steadyPlan, terminatingPlan } from './plan.ts'
import type { Plan } from './task.ts'

/** The shortest steady replication: what is kept of a longer one takes as much room. */
const anyLengthMs = 1000

/** Warns of a run whose results do not fit into memory: it would end before it begins. */
export function checkRoom(written: Design, report: FieldReport): void {
  const design = nominalWorld(written)
  const kind = runKind(design)
  const plan = kind.kind === 'terminating' ? terminatingPlan(design, kind.lengthMs) : steadyPlan(design, anyLengthMs, 0)
  const noRoom = noRoomIn(design, plan)
  if (noRoom === null) return
  report({
    code: 'does-not-fit',
    severity: 'warning',
    field: design.sources[0]?.name ?? 'run',
    message: 'the results of the run do not fit into memory',
    found: noRoom.needs,
    hint: noRoom.remedy,
  })
}

/** Why a run by this plan would not fit into memory; null if it fits. */
export function noRoomFor(design: Design, plan: Plan): string | null {
  const noRoom = noRoomIn(design, plan)
  return noRoom === null ? null : `${noRoom.needs}: ${noRoom.remedy}`
}

function noRoomIn(design: Design, plan: Plan): NoRoom | null {
  return doesNotFit(kindsOf(design).length, design.blocks.length, plan, fewerStretches(design))
}

/** What would cut the time of a run into fewer stretches: windows of objectives do, and moments. Null if it has none. */
function fewerStretches(design: Design): string | null {
  if (hasWindows(design)) return 'look at fewer windows'
  return timedMoments(design).length > 0 ? 'leave out some of its faults or points of shapes' : null
}
