import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Where designs are that somebody has written. */
export const usualCorpus: readonly string[] = ['designs', 'validation', 'docs', 'README.md']

const fenced = /^```yaml loadpath\n([\s\S]*?)^```/gm

/** Every design in these files and folders: files `*loadpath.yaml`, and what is fenced as `yaml loadpath` in pages. */
export function readCorpus(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => existsSync(path)).flatMap(designsIn)
}

function designsIn(path: string): readonly string[] {
  if (statSync(path).isDirectory()) {
    return readdirSync(path)
      .sort()
      .flatMap((name) => designsIn(join(path, name)))
  }
  if (path.endsWith('loadpath.yaml')) return [readFileSync(path, 'utf8')]
  if (!path.endsWith('.md')) return []
  return [...readFileSync(path, 'utf8').matchAll(fenced)].map(([, design = '']) => design)
}
