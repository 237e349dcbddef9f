import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { table, turns } from './turns.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** How long `loadpath check` takes on a small design, beside Node doing nothing. */
export function start() {
  const timed = (words) => () => {
    const began = process.hrtime.bigint()
    execFileSync(process.execPath, words, { cwd: root, stdio: 'pipe' })
    return { seconds: Number(process.hrtime.bigint() - began) / 1e9 }
  }
  const best = turns(
    {
      'node -e 0': timed(['-e', '0']),
      'loadpath check': timed(['node_modules/.bin/loadpath', 'check', 'designs/hello']),
    },
    20,
  )
  const first = best['node -e 0'].seconds
  table([
    ['', 'ms', 'ratio'],
    ...Object.entries(best).map(([name, { seconds }]) => [
      name,
      (seconds * 1000).toFixed(0),
      (seconds / first).toFixed(2),
    ]),
  ])
}
