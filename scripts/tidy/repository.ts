import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'

/** One file of the repository, as the checks see it. `path` is relative to the root, with forward slashes. */
export interface RepositoryFile {
  readonly path: string
  readonly bytes: number
  readonly text: string
}

const asText = new Set(['.ts', '.js', '.mjs', '.json', '.jsonc', '.md', '.yaml', '.yml', '.html', '.css', ''])

/** Every file that git tracks or would track. Text is read only of files that somebody wrote by hand. */
export function repositoryFiles(root: string): RepositoryFile[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  const paths = listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
  return paths.sort().map((path) => {
    const full = join(root, path)
    return { path, bytes: statSync(full).size, text: asText.has(extname(path)) ? readFileSync(full, 'utf8') : '' }
  })
}

/** A file made up for a test of the checks. */
export function sample(path: string, text: string): RepositoryFile {
  return { path, bytes: text.length, text }
}

/** Whether a file is a test, or runs only in tests. */
export function isTest(path: string): boolean {
  return /\.(test|slow|full)\.ts$/.test(path)
}
