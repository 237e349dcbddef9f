import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { partNames } from '@loadpath/core'
import { describe, expect, it, test } from 'vitest'
import { atlasOf } from '../packages/cli/src/claims/atlas.ts'
import { claimsIn, conceptsIn } from '../packages/cli/src/claims/folders.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const found = claimsIn(here)
const concepts = conceptsIn(here)
const text = (path: string) => readFileSync(`${here}${path}`, 'utf8')

describe.each(found.map((one) => [one.claim.id, one] as const))('%s', (id, { claim }) => {
  const page = text(`${id.toLowerCase()}/README.md`)

  it('names concepts and parts that there are', () => {
    const known = concepts.map((concept) => concept.id)
    expect(claim.concepts.filter((one) => !known.includes(one))).toEqual([])
    expect(claim.parts.filter((one) => !partNames().includes(one))).toEqual([])
    expect(claim.concepts.length).toBeGreaterThan(0)
  })

  it('says its verdict in bold, where it comes from, and what it leaves out, on one screen', () => {
    const word = claim.verdict.charAt(0).toUpperCase() + claim.verdict.slice(1)
    expect(page).toContain(`**${word}.**`)
    expect(page).toContain('**Left out.**')
    expect(claim.sources.length).toBeGreaterThan(0)
    expect(page.split('\n').length).toBeLessThanOrEqual(60)
  })
})

test('every group has a canary: a claim altered to be false', () => {
  const groups = [...new Set(found.map(({ claim }) => claim.group))]
  const without = groups.filter((group) => !found.some(({ claim }) => claim.group === group && claim.altered))
  expect(without).toEqual([])
})

test('parts and cases of concepts are there', () => {
  const parts = concepts.flatMap((concept) => concept.parts).filter((part) => !partNames().includes(part))
  const cases = concepts.flatMap((concept) => concept.cases)
  expect(parts).toEqual([])
  for (const one of cases) expect(() => text(`../validation/${one}/case.yaml`)).not.toThrow()
})

test('the atlas is fresh', () => {
  expect(text('ATLAS.md'), 'write it anew with `loadpath claims --atlas`').toBe(atlasOf(concepts, found))
})
