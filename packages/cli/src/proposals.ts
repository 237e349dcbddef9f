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

/** Files and folders that begin as `partial` does. */
export function filesLike(partial: string): readonly string[] {
  const folder = partial.slice(0, partial.lastIndexOf('/') + 1)
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
      .filter((entry) => !/^(\.|node_modules$)/.test(entry.name))
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
      .filter((path) => path.startsWith(partial))
  } catch {
    return []
  }
}

/** Names of the formats that traces have. */
export async function traceFormatsLike(partial: string): Promise<readonly string[]> {
  const { traceFormats } = await import('@loadpath/core/traces')
  return traceFormats.names.filter((name) => name.startsWith(partial))
}

/** Names of eviction policies. */
export async function policiesLike(partial: string): Promise<readonly string[]> {
  const { policyNames } = await import('@loadpath/core/traces')
  return [...policyNames, 'all'].filter((name) => name.startsWith(partial))
}
