import { blocks } from '../blocks/index.ts'
import { type Notation, printNotation } from '../support/params/node.ts'
import { type Entry, entry, type Field } from './entry.ts'
import { fieldsOf } from './fields.ts'
import { exampleOf, linesAt, sampleBlock } from './sample.ts'

/** What `like:` can name: an entry for each block that has such a preset. */
export const presetEntries: readonly Entry[] = blocks.members.flatMap((block) =>
  (block.presets ?? []).map((preset) => {
    const others = (block.presets ?? []).filter((other) => other !== preset)
    const written = exampleOf(block, 'type') as Readonly<Record<string, Notation>>
    return entry({
      word: preset.name,
      family: 'preset',
      title: `Preset of a ${block.name}`,
      summary: `Fills in the fields of a \`${block.name}\` that the design leaves out.`,
      written: [`like: ${preset.name}`],
      fields: fieldsOf(block.params).flatMap((field) => presetField(field, preset.values)),
      example: linesAt(`blocks.${sampleBlock(block.name)}`, { ...written, like: preset.name }),
      source: preset.source,
      standsAt: [`${block.name}.like`],
      related: others.map(({ name }) => name),
    })
  }),
)

/** The field with the value of the preset in place of its default. */
function presetField({ source: _, ...field }: Field, values: Readonly<Record<string, unknown>>): readonly Field[] {
  if (!Object.hasOwn(values, field.name)) return []
  return [{ ...field, required: false, default: printNotation(values[field.name] as Notation) }]
}
