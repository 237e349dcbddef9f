import { runKind, timedMoments } from '../before-run/run-kind.ts'
import { type RunValues, run } from '../before-run/run-params.ts'
import { surroundingsOf } from '../before-run/surroundings.ts'
import { blocks } from '../blocks/index.ts'
import { instancesOf } from '../blocks/instances-of.ts'
import { sharedCallParams } from '../blocks/service/steps/call.ts'
import { eventsOf } from '../faults/in-design.ts'
import { faults } from '../faults/index.ts'
import type { Catalogue } from '../language/catalogue.ts'
import type { Design } from '../language/design.ts'
import { place } from '../network/place.ts'
import { rules } from '../review/index.ts'
import type { FieldReport } from '../support/definition.ts'
import { type SourceValues, sharedRequestParams, source } from '../workloads/source.ts'
import { checkClock } from './check-clock.ts'
import { checkFaults } from './check-faults.ts'
import { checkKeys } from './check-keys.ts'
import { checkKinds } from './check-kinds.ts'
import { checkPlaces } from './check-places.ts'
import { checkReplications } from './check-replications.ts'
import { checkRoom } from './check-room.ts'
import { checkSource } from './check-source.ts'
import { checkWays } from './check-ways.ts'
import { designProblems } from './design-problems.ts'
import { measures } from './measures.ts'

/** Everything a design may be made of. */
export const catalogue: Catalogue = {
  blocks,
  places: place,
  traffic: source,
  faults,
  eventsOf,
  inherited: { call: sharedCallParams, request: sharedRequestParams },
  run,
  measures,
  rules,
  check: checkDesign,
  problems: designProblems,
}

function checkDesign(design: Design, report: FieldReport): void {
  for (const { name, values } of design.sources) checkSource(name, values as unknown as SourceValues, report)
  checkParts(design, report)
  for (const { name, type, values } of design.blocks) {
    const misfits = blocks.get(type).checkContext?.(values, () => surroundingsOf(design, name)) ?? []
    for (const { field, code = 'conflicting-fields', ...rest } of misfits)
      report({ code, field: `${name}.${field}`, ...rest })
  }
  checkPlaces(design, report)
  checkWays(design, report)
  checkKeys(design, report)
  checkKinds(design, report)
  checkFaults(design, report)
  checkRun(design, report)
  checkClock(design, report)
  checkWindows(design, report)
  checkReplications(design, report)
  checkRoom(design, report)
}

/** Instances, targets and steps of a design, with all their copies: each takes room before the first request comes. */
const mostParts = 300_000

function checkParts(design: Design, report: FieldReport): void {
  const named = new Map(design.blocks.map((block) => [block.name, block]))
  const instancesAt = (name: string): number => {
    const block = named.get(name)
    return block === undefined ? 0 : instancesOf(blocks.get(block.type), block.values)
  }
  let sum = 0
  for (const { name, type, values } of design.blocks) {
    const parts = blocks.get(type).parts?.(values, instancesAt) ?? 1
    sum += parts
    if (sum <= mostParts) continue
    report({
      code: 'too-many-parts',
      field: name,
      message: `${name} brings the design above ${mostParts} instances, targets and steps`,
      expected: `at most ${mostParts}, including the copies made by \`repeat\` and \`parallel\``,
      found: `${parts} in ${name}`,
      hint: 'lower `instances`, or `times` of steps that contain other steps',
    })
    return
  }
}

/** An objective whose window is outside the run would always be inconclusive. */
function checkWindows(design: Design, report: FieldReport): void {
  const kind = runKind(design)
  for (const { window, path } of [...design.objectives, ...design.relations]) {
    if (window === undefined) continue
    const { fromMs } = window
    const lengthMs = kind.kind === 'terminating' ? kind.lengthMs : null
    if (lengthMs !== null && fromMs < lengthMs) continue
    report({
      code: 'window-outside-run',
      field: path,
      message:
        lengthMs === null
          ? 'a steady-state run cannot have a time window'
          : `the window starts at ${fromMs / 1000}s, after the run ends at ${lengthMs / 1000}s`,
      hint: lengthMs === null ? 'set `run.for`, or remove the window' : `start the window before ${lengthMs / 1000}s`,
    })
  }
}

function checkRun(design: Design, report: FieldReport): void {
  const values = design.run as unknown as RunValues
  const timed = timedMoments(design)
  if (values.until !== undefined && values.for !== undefined) {
    report({
      code: 'two-kinds-of-run',
      field: 'run',
      message: 'run has both `until` (a precision) and `for` (a time)',
      hint: 'remove `until`, or remove `for`',
    })
  }
  if (values.until !== undefined && timed.length > 0) {
    report({
      code: 'steady-with-events',
      field: 'run.until',
      message: `a steady-state run cannot contain timed events: \`${timed[0]?.label}\``,
      hint: 'use `run: { for: 180s, repeat: 20 }`',
    })
  }
}
