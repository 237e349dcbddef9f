import { readdirSync } from 'node:fs'

/** Folders and YAML files that begin as `partial` does: designs, and the way to them. */
export function designsLike(partial: string): readonly string[] {
  const folder = partial.slice(0, partial.lastIndexOf('/') + 1)
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
      .filter(
        (entry) => (entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name)) || /\.ya?ml$/.test(entry.name),
      )
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
      .filter((path) => path.startsWith(partial))
  } catch {
    return []
  }
}

/** Words that `explain` explains. */
export async function explainedLike(partial: string): Promise<readonly string[]> {
  const [{ allEntries }, { callProblems }] = await Promise.all([
    import('@loadpath/core/explain'),
    import('./problem-kinds.ts'),
  ])
  const words = new Set(allEntries(callProblems).map(({ word }) => word))
  return [...words].filter((word) => word.startsWith(partial)).sort()
}

/** Names of the templates of `init`. */
export async function templatesLike(partial: string): Promise<readonly string[]> {
  const { templateNames } = await import('./templates.ts')
  return templateNames().filter((name) => name.startsWith(partial))
}
