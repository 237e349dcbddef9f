import { type FieldValues, readFields } from '../../support/params/fields.ts'
import { checkName } from '../../support/params/names.ts'
import { describe, fieldAt, type MapNode } from '../../support/params/node.ts'
import { complain, type Reading } from '../../support/params/reading.ts'
import type { Place } from '../../support/problem.ts'
import type { Catalogue } from '../catalogue.ts'
import { readTopMap } from './sections.ts'

/** An entry of the section `places`; a place in the code of the language is one in the text. */
export interface RegionPart {
  readonly name: string
  readonly key: Place
  readonly values: FieldValues | undefined
  /** Infinity where a mistake leaves that open. */
  readonly zones: number
}

export function readRegions(top: MapNode, { places }: Catalogue, reading: Reading): readonly RegionPart[] {
  if (places === undefined) return []
  return [...readTopMap(top, 'places', false, reading)].map(([name, { key, value }]) => {
    checkName(name, key, reading)
    const isNothing = value.kind === 'scalar' && value.empty
    const node: MapNode | undefined =
      value.kind === 'map' ? value : isNothing ? { kind: 'map', entries: new Map(), place: value.place } : undefined
    if (node === undefined) {
      const message = `${fieldAt(value.place)}, a place, must be a mapping`
      complain(reading, value.place, {
        code: 'wrong-form',
        message,
        expected: 'a mapping such as `{ zones: 3 }`',
        found: describe(value),
      })
    }
    const values = node && readFields(node, places, reading)
    const zones = typeof values?.zones === 'number' ? values.zones : Number.POSITIVE_INFINITY
    return { name, key, values, zones }
  })
}
