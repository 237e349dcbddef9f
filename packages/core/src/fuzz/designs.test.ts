import { describe, expect, it } from 'vitest'
import { blocks } from '../blocks/index.ts'
import { guardParams } from '../calls/guards/params.ts'
import { catalogue } from '../experiment/catalogue.ts'
import type { Param, Reference } from '../support/params.ts'
import { randomDesign } from './designs.ts'
import { drawnKinds } from './vocabulary.ts'

/** Every parameter of the catalogue, with those inside it, each once. */
const params = new Set<Param<unknown>>()
const collect = (all: readonly Param<unknown>[]): void => {
  for (const param of all) {
    if (params.has(param)) continue
    params.add(param)
    const { of = [], fields = {}, family } = param.facts ?? {}
    const members = family?.().members ?? []
    collect([...of, ...Object.values(fields), ...members.flatMap((member) => Object.values(member.params))])
  }
}
const definitions = [catalogue.traffic, ...blocks.members, ...catalogue.faults.members]
collect(definitions.flatMap((definition) => Object.values(definition.params)))

function everyMember(): readonly string[] {
  const families = [...params].flatMap(({ facts }) => facts?.family?.() ?? [])
  const members = families.flatMap(({ members }) => members)
  // What needs the future is refused in any design.
  return [...definitions.slice(1), ...members.filter((member) => !('needs' in member))].map(({ name }) => name)
}

it('every kind of parameter of the catalogue can be drawn', () => {
  const kinds = new Set([...params].map(({ kind }) => kind))
  expect([...kinds].filter((kind) => !drawnKinds.includes(kind))).toEqual([])
})

describe('random designs', () => {
  const drawn = Array.from({ length: 400 }, (_, index) => randomDesign(1, index))
  const documents = drawn.map(({ document }) => document)

  it('are the same for the same seed and number, and others for another', () => {
    expect(randomDesign(1, 7)).toEqual(randomDesign(1, 7))
    expect(randomDesign(2, 7)).not.toEqual(randomDesign(1, 7))
  })

  it('have every block, with every field of it', () => {
    const used = new Set<string>()
    for (const document of documents) {
      for (const block of Object.values(document.blocks as Readonly<Record<string, { type: string }>>)) {
        for (const field of Object.keys(block)) used.add(`${block.type}.${field}`)
      }
    }
    const missing = blocks.members.flatMap(({ name, params }) =>
      Object.keys(params).filter((field) => !used.has(`${name}.${field}`)),
    )
    expect(missing).toEqual([])
  })

  it('have every policy, distribution, step, workload and fault', () => {
    const words = new Set(JSON.stringify(documents).match(/[a-z][a-z0-9-]*/g))
    expect(everyMember().filter((name) => !words.has(name))).toEqual([])
  })

  it('say things once for calls, requests and blocks of every type', () => {
    const words = new Set(documents.flatMap(({ defaults = {} }) => Object.keys(defaults as object)))
    expect(['call', 'request', ...blocks.names].filter((word) => !words.has(word))).toEqual([])
  })

  it('guard calls with everything that guards them', () => {
    const guards = documents.flatMap((document) =>
      Object.values(document.blocks as Readonly<Record<string, { calls?: object }>>).flatMap(({ calls = {} }) =>
        Object.values(calls).flatMap((guarded) => Object.keys(guarded)),
      ),
    )
    expect(Object.keys(guardParams).filter((guard) => !guards.includes(guard))).toEqual([])
  })

  it('have faults of the network between places, zones, blocks and instances', () => {
    const forms = drawn.flatMap(({ design }) => {
      const places = new Set(design.places?.map(({ name }) => name))
      const sides = design.faults.flatMap(({ name, values }) =>
        ((values.between ?? []) as readonly Reference[]).map((side) => ({ name, ...side })),
      )
      return sides.map(({ name, block, instance, role }) => {
        if (places.has(block)) return `${name} ${role === undefined ? 'place' : 'zone'}`
        return `${name} ${instance === undefined ? 'block' : 'instance'}`
      })
    })
    const kinds = ['place', 'zone', 'block', 'instance']
    expect(new Set(forms)).toEqual(
      new Set(['cut', 'worsen'].flatMap((fault) => kinds.map((kind) => `${fault} ${kind}`))),
    )
  })

  it('have caches and CDNs in front of several endpoints', () => {
    const sharing = drawn.flatMap(({ design }) =>
      design.blocks.filter(
        ({ values }) => ((values.endpoints ?? []) as readonly object[]).length > 1 && 'of' in values,
      ),
    )
    expect(new Set(sharing.map(({ type }) => type))).toEqual(new Set(['cache', 'cdn']))
    expect(sharing.length).toBeGreaterThan(3)
  })
})
