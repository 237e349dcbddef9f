import { catalogue } from '../experiment/catalogue.ts'
import { faults as faultFamily } from '../faults/index.ts'
import { lineParams } from '../network/place.ts'
import { optionalFields } from '../support/params/inherited.ts'
import type { Notation, Params } from '../support/params.ts'
import { type Drawing, drawFields, drawKeyed, isAcceptedItem, type Mapping } from './vocabulary.ts'

/** A member of the catalogue is tried so often before another one takes its place. */
const triesOfMember = 8
const mostMembers = 5

const ofNetwork = faultFamily.members.filter(({ affects }) => affects === 'lines')

/** More of them and each kind would be rare; fewer, and few would overlap. */
const mostFaults = 4

/** Some faults, each sound by itself, with names that differ. */
export function drawFaults(drawing: Drawing): readonly Mapping[] {
  const faults = Array.from({ length: drawing.dice.below(mostFaults + 1) }, () => drawFault(drawing))
  const named = new Set<Notation>()
  return faults.flatMap((fault) => {
    if (fault === undefined || (fault.name !== undefined && named.has(fault.name))) return []
    if (fault.name !== undefined) named.add(fault.name)
    return [fault]
  })
}

function drawFault(drawing: Drawing): Mapping | undefined {
  const { faults } = catalogue
  for (let attempt = 0; attempt < mostMembers; attempt++) {
    // Those of the network lie between places, zones, blocks and instances: each of these is to be met.
    const member = drawing.dice.happens(0.3) ? drawing.dice.pick(ofNetwork) : drawing.dice.pick(faults.members)
    for (let again = 0; again < triesOfMember; again++) {
      const fault = drawKeyed([member], drawing)
      if (fault !== undefined && isAcceptedItem(faults, fault)) return fault
    }
  }
  return undefined
}

/** Two of them have published round trips; a line to the third must be written. */
const placeNames = ['eu-west', 'us-east', 'home']

/** Up to three places, each with lines to those before it. */
export function drawPlaces(drawing: Drawing): Readonly<Record<string, Mapping & { readonly zones: number }>> {
  const { dice } = drawing
  const { to: _to, zones: _zones, ...others } = catalogue.places?.params ?? {}
  const names = placeNames.slice(0, dice.whole(1, placeNames.length))
  const places = names.map((name, i) => {
    const needsLines = name === 'home' || dice.happens(0.5)
    const lines = needsLines ? names.slice(0, i).map((other) => [other, drawLine(drawing)] as const) : []
    const to: Mapping = lines.length === 0 ? {} : { to: Object.fromEntries(lines) }
    return [name, { ...drawFields(others, drawing), zones: dice.whole(1, 3), ...to }] as const
  })
  return Object.fromEntries(places)
}

function drawLine(drawing: Drawing): Mapping {
  const { latency, 'round-trip': roundTrip = '3ms', ...others } = drawFields(lineParams, drawing) ?? {}
  return latency === undefined ? { 'round-trip': roundTrip, ...others } : { latency, ...others }
}

/** What is said once for all calls, all requests or all blocks of a type: one or two of these, a few fields of each. */
export function drawDefaults(types: readonly string[], drawing: Drawing): Mapping {
  const { dice } = drawing
  const inherited = catalogue.inherited ?? {}
  const words = Array.from({ length: dice.whole(1, 2) }, () => dice.pick([...Object.keys(inherited), ...types]))
  return Object.fromEntries(
    words.flatMap((word) => {
      const fields = drawFew(inherited[word] ?? catalogue.blocks.get(word).params, drawing)
      return Object.keys(fields).length === 0 ? [] : [[word, fields]]
    }),
  )
}

/** Up to three of the fields, none of which must be there. */
function drawFew(params: Params, drawing: Drawing): Mapping {
  const all = Object.entries(optionalFields(params))
  const few = Array.from({ length: drawing.dice.whole(1, 3) }, () => drawing.dice.pick(all))
  return drawFields(Object.fromEntries(few), drawing) ?? {}
}
