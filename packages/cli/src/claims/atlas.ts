import type { Concept } from '@loadpath/core'
import type { FoundClaim } from './folders.ts'

const gap = 'gap'

/** The atlas: one line a concept, with what stands for it, how to ask, what was tested, and what it is held to. */
export function atlasOf(concepts: readonly Concept[], claims: readonly FoundClaim[]): string {
  const rows = concepts.map((concept) => rowOf(concept, claims))
  const count = (column: number) => rows.filter((row) => row[column] !== gap).length
  const counts = `${concepts.length} concepts: ${count(2)} have a part, ${count(4)} a claim, ${count(5)} a validation case.`
  return `# Atlas

From every concept to what stands for it: the block or policy, the command that asks about it, the claims that were tested,
and the cases that hold it to numbers from elsewhere. An empty cell is a gap, and is printed as one. Made by
\`loadpath claims --atlas\` from [concepts.yaml](concepts.yaml) and the heads of the claims.

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
