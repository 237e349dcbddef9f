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

  it('names existing concepts and parts', () => {
    const known = concepts.map((concept) => concept.id)
    expect(claim.concepts.filter((one) => !known.includes(one))).toEqual([])
    expect(claim.parts.filter((one) => !partNames().includes(one))).toEqual([])
    expect(claim.concepts.length).toBeGreaterThan(0)
  })

  it('has its verdict in bold, its sources and what is not covered, on one screen', () => {
    const word = claim.verdict.charAt(0).toUpperCase() + claim.verdict.slice(1)
    // "Holds when" goes on with its condition.
    expect(page).toContain(claim.verdict === 'holds when' ? `\n**${word}** ` : `\n**${word}.** `)
    expect(page).toContain('\n**Conditions.** ')
    expect(page).toContain('\n**Not covered.** ')
    expect(claim.sources.length).toBeGreaterThan(0)
    expect(page.split('\n').length).toBeLessThanOrEqual(60)
  })
})

test('every group has a negative control: a claim altered to be false', () => {
  const groups = [...new Set(found.map(({ claim }) => claim.group))]
  const without = groups.filter((group) => !found.some(({ claim }) => claim.group === group && claim.altered))
  expect(without).toEqual([])
})

test('the parts and cases of every concept exist', () => {
  const parts = concepts.flatMap((concept) => concept.parts).filter((part) => !partNames().includes(part))
  const cases = concepts.flatMap((concept) => concept.cases)
  expect(parts).toEqual([])
  for (const one of cases) expect(() => text(`../validation/${one}/case.yaml`)).not.toThrow()
})

test('ATLAS.md is up to date', () => {
  expect(text('ATLAS.md'), 'write it again with `loadpath claims --atlas`').toBe(atlasOf(concepts, found))
})
