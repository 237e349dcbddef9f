import type { Concept } from '@loadpath/core'
import type { FoundClaim } from './folders.ts'

const gap = 'gap'

/** Returns the atlas: for each concept its block or policy, its command, its claims and its validation cases. */
export function atlasOf(concepts: readonly Concept[], claims: readonly FoundClaim[]): string {
  const rows = concepts.map((concept) => rowOf(concept, claims))
  const count = (column: number) => rows.filter((row) => row[column] !== gap).length
  const counts = `${concepts.length} concepts: ${count(2)} have a block or policy, ${count(4)} a claim, ${count(5)} a validation case.`
  return `# Atlas

For each concept: the block or policy that models it, the command that runs its claims, the tested claims, and the cases that
validate it against independent numbers. *Gap* marks a missing entry. Written by \`loadpath claims --atlas\` from
[concepts.yaml](concepts.yaml) and the heads of the claims.

${counts}

| | concept | block or policy | command | claims | cases |
| --- | --- | --- | --- | --- | --- |
${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}
`
}

function rowOf({ id, name, parts, cases }: Concept, claims: readonly FoundClaim[]): readonly string[] {
  const own = claims.filter(({ claim }) => claim.concepts.includes(id))
  return [
    id,
    name.replaceAll('|', '\\|'),
    listed(parts.map((part) => `\`${part}\``)),
    own.length > 0 ? `\`loadpath claims ${id}\`` : gap,
    listed(own.map(({ claim }) => `[${claim.id}](${claim.id.toLowerCase()}/README.md)`)),
    listed(cases.map((one) => `[${one}](../validation/${one})`)),
  ]
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? gap : words.join(', ')
}
