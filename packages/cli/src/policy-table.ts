import type { Entry } from '@loadpath/core/explain'

/** The README of the core with its table of eviction policies as they are defined: the table whose first column is `policy`. */
export function withPolicyTable(readme: string, entries: readonly Entry[]): string {
  const policies = entries.filter(({ family }) => family === 'eviction policy')
  const rows = policies.map(({ word, title, goodFor }) => `| \`${word}\` | ${title} | ${goodFor} |\n`)
  const table = ['| policy | name | good for |\n', '| --- | --- | --- |\n', ...rows].join('')
  return readme.replace(/^\| policy \|.*\n(?:\|.*\n)+/m, () => table)
}
