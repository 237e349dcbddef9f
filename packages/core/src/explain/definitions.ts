import { blocks } from '../blocks/index.ts'
import type { Measure } from '../experiment/measure.ts'
import { measures } from '../experiment/measures.ts'
import type { Fault } from '../faults/fault.ts'
import { faults } from '../faults/index.ts'
import { timing } from '../faults/timing.ts'
import { rules } from '../review/index.ts'
import type { Definition } from '../support/definition.ts'
import { requiredFields } from '../support/params/fields.ts'
import { type Notation, printNotation } from '../support/params/node.ts'
import type { Registry } from '../support/registry.ts'
import { dimensions } from '../support/units.ts'
import { type Entry, entry } from './entry.ts'
import { fieldsOf } from './fields.ts'
import { allFields, families, writableFields } from './owned-fields.ts'
import { exampleOf, linesAt, placeOfFamily, sampleBlock, sampleBlockWith } from './sample.ts'
import { sectionsWithFields } from './sections.ts'

/** What is said of a member of a family. */
function entryOf(member: Definition, family: Registry, more: Partial<Entry>): Entry {
  const { title, summary, source: from, goodFor, costs, seenIn, aliases } = member
  const related = family.names.filter((name) => name !== member.name)
  const facts = { title, summary, source: from, goodFor, costs, seenIn, aliases, related }
  return entry({
    word: member.name,
    family: family.family,
    fields: fieldsOf(writableFields(member)),
    ...facts,
    ...more,
  })
}

const blockEntries = blocks.members.map((block) => {
  const example = linesAt(`blocks.${sampleBlock(block.name)}`, exampleOf(block, 'type'))
  const presets = (block.presets ?? []).map(({ name, source: from }) => ({ name, source: from }))
  const required = requiredFields(block.params)
  const fields = [`type: ${block.name}`, ...required.map((name) => `${name}: {${name}}`)]
  const written = [required.length === 0 ? fields.join() : `{ ${fields.join(', ')} }`]
  return entryOf(block, blocks, { example, presets, written })
})

/** A fault on one line: what it strikes, and the fields of its own that it requires or that its example shows. */
function formOf({ name, main = '', params, example }: Fault): string {
  const required = requiredFields(params)
  const own = Object.keys(params).filter(
    (field) =>
      field !== main && (required.includes(field) || (isShown(example, field) && !Object.hasOwn(timing, field))),
  )
  return [`${name}: {${main}}`, ...own.map((field) => `${field}: {${field}}`)].join(', ')
}

function isShown(example: Notation | undefined, field: string): boolean {
  return typeof example === 'object' && example !== null && Object.hasOwn(example, field)
}

const faultEntries = faults.members.map((fault) =>
  entryOf(fault, faults, {
    example: linesAt('faults', [exampleOf(fault, '')]),
    written: [formOf(fault)],
    standsAt: ['faults'],
  }),
)

/** A part of the sample that has a measure. */
function subjectOf({ of, needs }: Pick<Measure, 'of' | 'needs'>): string {
  if (of.includes('request')) return 'view.'
  if (of.includes('design')) return ''
  return of.includes('block') ? `${sampleBlockWith(needs)}.` : 'webshop.calls.photos.'
}

/** The unit that a bound on this measure needs, and a subject that has it. */
const measureEntries = measures.members.map((measure) => {
  const { dimension, of, name, ofInstance } = measure
  const word = name === 'percentile' ? 'p99' : name
  const example = linesAt('objectives', [`${subjectOf(measure)}${word} < ${dimensions[dimension].example}`])
  const ofInstances =
    ofInstance === undefined ? [] : ofInstance === 'one' ? ['an instance'] : ['an instance', 'the fullest instance']
  const standsAt = [
    ...of.map((kind) => (kind === 'calls' ? 'the guarded calls of a block' : `a ${kind}`)),
    ...ofInstances,
  ].map((subject) => `objectives: of ${subject}`)
  return entryOf(measure, measures, { example, written: [`${word} in ${dimensions[dimension].article}`], standsAt })
})

const ruleEntries = rules.members.map((rule) =>
  entryOf(rule, rules, {
    why: rule.why,
    remedy: rule.remedy,
    example: rule.examples.unwise.trimEnd(),
    written: [`accept: [{ ${rule.name}: {at}, because: {because} }]`],
    standsAt: ['accept'],
  }),
)

const familyEntries = families.flatMap((family) => {
  const place = placeOfFamily(family) ?? ''
  const owning = allFields.filter(({ param }) => param.facts?.family?.() === family)
  const standsAt = owning.map(({ at }) => at)
  const isSteps = owning.some(({ param }) => param.kind === 'steps')
  const key = isSteps ? '' : owning.some(({ param }) => param.kind === 'distribution') ? 'distribution' : 'type'
  return family.members.map((member) => {
    const value = exampleOf(member, key)
    const example = linesAt(place, isSteps ? [value] : value)
    const short = member.short === undefined ? [] : [`${member.name} ${member.short}`]
    return entryOf(member, family, {
      example,
      standsAt,
      written: isSteps ? [printNotation(value)] : [member.name, ...short].slice(-1),
    })
  })
})

/** Every member of every family, and the sections that have fields. */
export const definitionEntries: readonly Entry[] = [
  ...blockEntries,
  ...sectionsWithFields,
  ...faultEntries,
  ...familyEntries,
  ...measureEntries,
  ...ruleEntries,
]
