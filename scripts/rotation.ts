import { spawnSync } from 'node:child_process'

const parts = 10

/** Which tenth runs in full with this commit, from 0 to 9, by the commit's hash; 0 outside of a repository. */
export function partOfCommit(): number {
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' })
  return Number.parseInt(stdout?.slice(0, 8) || '0', 16) % parts
}

/** Every tenth of a list, from the part on: ten parts make the whole. */
export function tenthOf<T>(list: readonly T[], part = partOfCommit()): readonly T[] {
  return list.filter((_, i) => i % parts === part)
}
