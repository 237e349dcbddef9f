import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { steadySeconds } from '../packages/cli/src/measure/record.ts'

const fileName = 'test-times.json'
/** What is shorter may run at any time. */
const leastSeconds = 2

/** How long test files took when times were last recorded, in seconds, by path. */
export type Times = Readonly<Record<string, number>>

export function readTimes(root: string): Times {
  const file = join(root, fileName)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Times) : {}
}

/** Records times beside those of other files; a file that is gone, or short now, is forgotten. */
export function writeTimes(root: string, now: Times): void {
  const before = readTimes(root)
  const steady = Object.entries(now).map(([path, seconds]) => [path, steadySeconds(seconds, before[path])] as const)
  const kept = Object.entries({ ...before, ...Object.fromEntries(steady) })
    .filter(([path, seconds]) => seconds >= leastSeconds && existsSync(join(root, path)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(join(root, fileName), `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`)
}
