import { partsIn } from '../before-run/design-network.ts'
import { followRequests } from '../before-run/flows.ts'
import { blockNamed } from '../before-run/named.ts'
import { blocks } from '../blocks/index.ts'
import { instancesOf } from '../blocks/instances-of.ts'
import { withoutEffect } from '../faults/context.ts'
import { affectedBy, touchedBy } from '../faults/in-design.ts'
import { nameOf } from '../faults/timing.ts'
import type { Design } from '../language/design.ts'
import type { FieldReport } from '../support/definition.ts'
import type { Chosen, Reference } from '../support/params.ts'

/** Blocks and sources of a side, by name: whether all of it is there, or only some of its instances. */
type SideOfNames = ReadonlyMap<string, 'all' | 'some'>

/** A fault of the network between sides that have nothing to do with each other changes nothing. */
export function checkCrossing(design: Design, fault: Chosen, at: string, report: FieldReport): void {
  if (affectedBy(fault) !== 'lines') return
  const touched = touchedBy(fault)
  const [one, other] = touched.map((reference) => namesIn(design, reference))
  if (one === undefined || one.size === 0 || other?.size === 0) return
  const against = other ?? allBut(design, one)
  // Instances of one block may send heartbeats to one another.
  if ([...one.keys()].some((name) => against.has(name))) return
  const crosses = followRequests(design).some(({ caller, source, block }) => {
    const from = caller?.block ?? source
    return (one.has(from) && against.has(block)) || (against.has(from) && one.has(block))
  })
  if (crosses) return
  const [first, second] = touched.map((reference) => `\`${nameOf(reference)}\``)
  const why =
    second === undefined ? `no call goes into or out of ${first}` : `no call goes between ${first} and ${second}`
  const hint = 'name two sides of which one calls the other'
  report(withoutEffect(fault.name, { field: at, why, hint }))
}

function namesIn(design: Design, reference: Reference): SideOfNames {
  const { block: name, instance } = reference
  const block = blockNamed(design, name)
  if (block !== undefined) {
    const isWhole = instance === undefined || instancesOf(blocks.get(block.type), block.values) === 1
    return new Map([[name, isWhole ? 'all' : 'some']])
  }
  const isElsewhere = (part: string) =>
    reference.role !== undefined ||
    (design.places ?? []).some((place) => place.name !== name && partsIn(design, { block: place.name }).includes(part))
  return new Map(partsIn(design, reference).map((part) => [part, isElsewhere(part) ? 'some' : 'all']))
}

function allBut(design: Design, side: SideOfNames): SideOfNames {
  const names = [...design.blocks, ...design.sources].map(({ name }) => name)
  return new Map(names.flatMap((name) => (side.get(name) === 'all' ? [] : [[name, 'some'] as const])))
}
