import type { Source } from './source.ts'

/** Where tests are looked for, and how they end: as in vitest.levels.ts. */
const ran = /^([^/]+|packages\/[^/]+\/src\/.+|(scripts|validation|docs|designs|claims)\/.+)\.(test|slow|full)\.ts$/
const ending = /\.(test|slow|full)\.ts$/
const defines = /^import \{[^}]*\b(it|test)\b[^}]*\} from 'vitest'/m

/** Tests that no command runs: by their name, or by the folder that they are in. */
export function testsNobodyRuns(sources: readonly Pick<Source, 'path' | 'text'>[]): string[] {
  return sources
    .filter(({ path, text }) => (ending.test(path) || defines.test(text)) && !ran.test(path))
    .map(
      ({ path }) =>
        `${path} has tests that no command runs: name it *.test.ts, *.slow.ts or *.full.ts (vitest.levels.ts)`,
    )
}
