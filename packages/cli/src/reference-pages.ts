import type { Entry, Field } from '@loadpath/core/explain'

const generated = '<!-- Written by `npm run docs:reference`; what it says stands in the definitions. -->'

/** The pages of the reference by file name: one a family, a block a page, and the index. */
export function referencePages(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const pages = new Map<string, string>()
  const index: string[] = []
  // A page of a family already lists its members.
  for (const family of new Set(entries.map((entry) => entry.family).filter((name) => name !== 'family'))) {
    const members = entries.filter((entry) => entry.family === family)
    const links =
      family === 'block' ? members.map((block) => blockPage(block, pages)) : [familyPage(family, members, pages)]
    index.push(`## ${titleOf(family)}`, '', ...links, '')
  }
  const lead = 'Everything that a design can say, from the same data as `loadpath explain <word>`.'
  pages.set('README.md', page('Reference', [lead, '', ...index]))
  return pages
}

function blockPage(block: Entry, pages: Map<string, string>): string {
  pages.set(`${block.word}.md`, page(`Block \`${block.word}\``, body(block)))
  return `- [\`${block.word}\`](${block.word}.md): ${oneLine(block.summary)}`
}

function familyPage(family: string, members: readonly Entry[], pages: Map<string, string>): string {
  const file = `${fileName(family)}.md`
  const parts = members.flatMap((member) => [`## \`${member.word}\``, '', ...body(member)])
  pages.set(file, page(titleOf(family), parts))
  return `[${titleOf(family)}](${file}): ${members.map(({ word }) => `\`${word}\``).join(', ')}`
}

/** A family and a block must not want the same file. */
function fileName(family: string): string {
  return `family-${family.replaceAll(' ', '-')}`
}

function titleOf(family: string): string {
  return `${family[0]?.toUpperCase()}${family.slice(1)}`
}

function page(title: string, lines: readonly string[]): string {
  return `${[generated, '', `# ${title}`, '', ...lines].join('\n').trimEnd()}\n`
}

function body(entry: Entry): readonly string[] {
  const { title, summary, written, fields, members, presets, example } = entry
  return [
    `**${title}.** ${summary}`,
    '',
    ...(written.length === 0 ? [] : [`Written ${written.map((form) => `\`${form}\``).join(', ')}.`, '']),
    ...fieldTable(fields),
    ...members.map(({ name, summary: about }) => `- \`${name}\`: ${oneLine(about)}`),
    ...(members.length === 0 ? [] : ['']),
    ...presets.flatMap(({ name, source }) => [`- \`like: ${name}\`: ${source}`]),
    ...(presets.length === 0 ? [] : ['']),
    ...(example === undefined
      ? []
      : [`\`\`\`yaml${example.startsWith('loadpath:') ? ' loadpath' : ''}`, example, '```', '']),
    ...labels(entry),
  ]
}

function fieldTable(fields: readonly Field[]): readonly string[] {
  if (fields.length === 0) return []
  const rows = fields.map(({ name, written, required, default: value, bounds, meaning, source }) => {
    const usual = required ? '**must be given**' : value === undefined ? '' : `\`${value}\``
    const about = [meaning, bounds, source].filter((part) => part !== undefined).join('; ')
    return `| \`${name}\` | ${cell(written)} | ${cell(usual)} | ${cell(about)} |`
  })
  return ['| key | value | default | meaning |', '| --- | --- | --- | --- |', ...rows, '']
}

function labels(entry: Entry): readonly string[] {
  const told = [
    ['Why', entry.why],
    ['Good for', entry.goodFor],
    ['Costs', entry.costs],
    ['Remedy', entry.remedy],
    ['Seen in', entry.seenIn.join(', ')],
    ['Source', entry.source],
    ['Other words', entry.aliases.join(', ')],
    ['Stands at', entry.standsAt.map((at) => `\`${at}\``).join(', ')],
  ].filter(([, text]) => text !== undefined && text !== '')
  return told.length === 0 ? [] : [...told.map(([label, text]) => `- ${label}: ${oneLine(text ?? '')}`), '']
}

function cell(text: string): string {
  return oneLine(text).replaceAll('|', '\\|')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('<', '&lt;')
}
