import type { Block } from '../blocks/block.ts'
import type { Affects } from '../faults/fault.ts'
import { touchedWhere } from '../faults/in-design.ts'
import type { Address } from '../kernel/network.ts'
import type { Design, FieldValues, NamedValues } from '../language/design.ts'
import { publishedRoundTripMs } from '../network/distances.ts'
import type { LineValues, PlaceValues } from '../network/place.ts'
import { type Layout, type Line, Roads, type Side } from '../network/roads.ts'
import type { Sampler } from '../support/distributions/distribution.ts'
import { createSampler } from '../support/distributions/index.ts'
import type { Reference } from '../support/params.ts'

/** A zone of a place: `eu-west.zone-2`. */
interface Zone {
  readonly place: string
  /** From 1. */
  readonly number: number
}

const constantSampler = (ms: number): Sampler => createSampler({ name: 'constant', values: { value: ms } })

function placesOf(design: Design): readonly NamedValues[] {
  return design.places ?? []
}

function placeValues({ values }: NamedValues): PlaceValues {
  return values as unknown as PlaceValues
}

function zonesOf(design: Design): readonly Zone[] {
  return placesOf(design).flatMap((place) =>
    Array.from({ length: placeValues(place).zones }, (_, i) => ({ place: place.name, number: i + 1 })),
  )
}

/** The line that a design writes between two places, in either direction. */
export function writtenLine(design: Design, one: string, other: string): LineValues | undefined {
  return linesFrom(design, one)[other] ?? linesFrom(design, other)[one]
}

/** The lines that a design writes at a place, by the place at the other end. */
export function linesFrom(design: Design, name: string): Readonly<Record<string, LineValues>> {
  const place = placesOf(design).find((candidate) => candidate.name === name)
  return (place && placeValues(place).to) ?? {}
}

/** The line between two places; undefined where none is written, nor any distance published. */
export function lineBetween(design: Design, one: string, other: string): Line | undefined {
  const written = writtenLine(design, one, other)
  const roundTripMs = written?.['round-trip'] ?? publishedRoundTripMs(one, other)
  if (written?.latency !== undefined) return { latency: createSampler(written.latency), loss: written.loss }
  return roundTripMs === undefined ? undefined : { latency: constantSampler(roundTripMs / 2), loss: written?.loss ?? 0 }
}

function linesOf(design: Design, zones: readonly Zone[]): Layout['lines'] {
  const within = new Map(
    placesOf(design).map((place) => [
      place.name,
      { latency: constantSampler(placeValues(place)['zone-round-trip'] / 2), loss: 0 },
    ]),
  )
  const between = new Map<string, Line | null>()
  const line = (one: Zone, other: Zone): Line | null => {
    if (one.place === other.place) return one.number === other.number ? null : (within.get(one.place) ?? null)
    const key = `${one.place} ${other.place}`
    const known = between.get(key)
    if (known !== undefined) return known
    const found = lineBetween(design, one.place, other.place) ?? null
    between.set(key, found)
    return found
  }
  return zones.map((one) => zones.map((other) => line(one, other)))
}

/** The zones that a reference to a place means: one, or all of the place in turn. */
function zonesNamed({ block: place, role }: Reference, zones: readonly Zone[]): readonly number[] {
  return zones.flatMap((zone, i) => {
    const isMeant = zone.place === place && (role === undefined || role === `zone-${zone.number}`)
    return isMeant ? [i] : []
  })
}

/** Where something is that says so with `in`; by default in the only place. */
function whereabouts(design: Design, values: FieldValues): readonly Reference[] {
  const written = values.in
  if (Array.isArray(written)) return written as readonly Reference[]
  if (written !== undefined) return Object.keys(written as object).map((block) => ({ block }))
  const [only, another] = placesOf(design)
  return only !== undefined && another === undefined ? [{ block: only.name }] : []
}

/** The zone of the instance of this number, from 0; -1 for nowhere. */
function zoneOfInstance(instance: number, places: readonly (readonly number[])[]): number {
  if (places.length === 0) return -1
  const zones = places[instance % places.length] as readonly number[]
  return zones[Math.floor(instance / places.length) % zones.length] as number
}

/** What a design has of a network, while it runs. */
export interface DesignNetwork {
  readonly roads: Roads
  /** All that a reference to a place, a block or an instance means. */
  sideOf(reference: Reference): Side
  /** The instances that are in a place or zone, by the name of their block. */
  inPlace(reference: Reference): readonly { readonly block: string; readonly instance: number }[]
}

interface Party {
  readonly name: string
  readonly values: FieldValues
  readonly instances: number
}

/**
 * The network of a design; null where nothing is said of places and `isChanged` by no fault.
 * @param parties in the order of their numbers: all blocks, then all sources
 */
export function networkOf(
  design: Design,
  blocks: ReadonlyMap<string, Block>,
  parties: readonly string[],
  isChanged: boolean,
): DesignNetwork | null {
  if (placesOf(design).length === 0 && !isChanged) return null
  const values = new Map([...design.blocks, ...design.sources].map((one) => [one.name, one.values]))
  return laidOut(
    design,
    parties.map((name) => ({
      name,
      values: values.get(name) ?? {},
      instances: blocks.get(name)?.instances.length ?? 0,
    })),
  )
}

function laidOut(design: Design, parties: readonly Party[]): DesignNetwork {
  const zones = zonesOf(design)
  const zoneOf: number[] = []
  const owners: { readonly block: string; readonly instance: number }[] = []
  const add = (block: string, instance: number, zone: number): Address => {
    owners.push({ block, instance })
    return zoneOf.push(zone) - 1
  }
  const shares: (readonly number[])[] = []
  const addresses = parties.map(({ name, values, instances }) => {
    const places = whereabouts(design, values).map((reference) => zonesNamed(reference, zones))
    if (instances > 0) {
      shares.push([])
      return Array.from({ length: instances }, (_, i) => add(name, i, zoneOfInstance(i, places)))
    }
    const clients = clientsIn(values.in, places)
    shares.push(clients.map(({ upTo }) => upTo))
    return clients.length === 0 ? [add(name, 0, -1)] : clients.map(({ zone }) => add(name, 0, zone))
  })
  const roads = new Roads({ addresses, shares, zones: zoneOf, lines: linesOf(design, zones) })
  const isPlace = ({ block }: Reference) => placesOf(design).some(({ name }) => name === block)
  const holds = (reference: Reference): Side => {
    if (isPlace(reference)) {
      const meant = new Set(zonesNamed(reference, zones))
      return (address) => meant.has(zoneOf[address] as number)
    }
    const { block, instance } = reference
    return (address) => {
      const owner = owners[address] as (typeof owners)[number]
      return owner.block === block && (instance === undefined || owner.instance === instance - 1)
    }
  }
  return {
    roads,
    sideOf: holds,
    inPlace(reference) {
      const isThere = holds(reference)
      const blocks = new Set(design.blocks.map(({ name }) => name))
      return owners.filter(({ block }, address) => blocks.has(block) && isThere(address))
    },
  }
}

/** The zones of the clients, each with the share of the clients up to and including it. */
function clientsIn(written: unknown, places: readonly (readonly number[])[]) {
  const shares = sharesOf(written, places.length)
  let upTo = 0
  return places.flatMap((inZones, i) =>
    inZones.map((zone) => {
      upTo += (shares[i] ?? 0) / inZones.length
      return { zone, upTo }
    }),
  )
}

function sharesOf(written: unknown, places: number): readonly number[] {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return Array(places).fill(1 / places)
  const shares = Object.values(written as Record<string, number>)
  const sum = shares.reduce((total, share) => total + share, 0)
  return shares.map((share) => share / sum)
}

/** The names of the blocks and sources of which something is in a place or zone. */
export function partsIn(design: Design, { block: place, role }: Reference): readonly string[] {
  return [...design.blocks, ...design.sources].flatMap(({ name, values }) => {
    const isThere = whereabouts(design, values).some(
      (where) => where.block === place && (role === undefined || where.role === undefined || where.role === role),
    )
    return isThere ? [name] : []
  })
}

/** The names of the blocks of which a fault of the design may change one of these. */
export function faultyBlocks(design: Design, ...affects: readonly Affects[]): ReadonlySet<string> {
  const places = new Set(placesOf(design).map(({ name }) => name))
  const touched = touchedWhere(design.faults, ...affects)
  const isInPlace = (values: FieldValues) => {
    return whereabouts(design, values).some((where) => touched.some(({ block }) => block === where.block))
  }
  const inPlaces = design.blocks.filter(({ values }) => isInPlace(values)).map(({ name }) => name)
  return new Set([...touched.flatMap(({ block }) => (places.has(block) ? [] : [block])), ...inPlaces])
}
