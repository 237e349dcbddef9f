import { basename, extname } from 'node:path/posix'
import type { RepositoryFile } from './repository.ts'

/** Kinds of file that belong here. Whoever adds one has thought about it. */
const extensions = new Set([
  ...[
    '.ts',
    '.mjs',
    '.js',
    '.json',
    '.jsonc',
    '.md',
    '.yaml',
    '.yml',
    '.html',
    '.css',
    '.svg',
    '.csv',
    '.txt',
    '.c',
    '.py',
  ],
  ...['.png', '.snap', '.zst'],
])

/** Files without an extension, by name or path. */
const bare = new Set(['LICENSE', '.gitignore', '.gitattributes', '.npmrc', '.editorconfig', '.nvmrc', '.ci/run'])

/** Files of a kind that nobody has allowed: scratch files, data bases, archives. */
export function strangers(files: readonly RepositoryFile[]): string[] {
  return files
    .map(({ path }) => path)
    .filter((path) => !extensions.has(extname(path)) && !bare.has(path) && !bare.has(basename(path)))
    .map((path) => `${path} is of a kind that has no place here; if it belongs, add it in scripts/tidy/tree.ts`)
}

/** Larger than others may be, each for a reason: a trace to which published numbers belong is of use only whole. */
const wanted: Readonly<Record<string, number>> = { 'validation/traces/OLTP.lis.zst': 2_400_000 }

/** Files too big for a repository that people clone. */
export function blobs(files: readonly RepositoryFile[], limitBytes = 500_000): string[] {
  return files
    .filter(({ path, bytes }) => bytes > (wanted[path] ?? limitBytes))
    .map(({ path, bytes }) => `${path} has ${bytes} bytes; at most ${limitBytes} are kept in the repository`)
}

/** Files more than three folders below a `src`: what is so deep nobody finds by looking. */
export function tooDeep(paths: readonly string[]): string[] {
  return paths
    .filter((path) => /^packages\/[^/]+\/src\/([^/]+\/){4}/.test(path))
    .map((path) => `${path} lies more than three folders below src`)
}

/** Folders of source that the map of the architecture does not name, by their path below `src`, and files it names that are gone. */
export function unmapped(files: readonly Pick<RepositoryFile, 'path' | 'text'>[]): string[] {
  const map = files.find(({ path }) => path === 'ARCHITECTURE.md')?.text ?? ''
  const named = new Set([...map.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? ''))
  const folders = new Set(files.flatMap(({ path }) => /^packages\/[^/]+\/src\/(.+\/)[^/]+\.ts$/.exec(path)?.[1] ?? []))
  const gone = [...named].filter(
    (name) => /^[\w./-]+\.ts$/.test(name) && !files.some(({ path }) => `/${path}`.endsWith(`/${name}`)),
  )
  return [
    ...[...folders]
      .filter((folder) => !named.has(folder))
      .map((folder) => `ARCHITECTURE.md does not say what \`${folder}\` owns`),
    ...gone.map((name) => `ARCHITECTURE.md names ${name}: no such file`),
  ]
}
