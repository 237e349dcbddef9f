import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { run, webTier } from './engine.mjs'
import { short, table } from './turns.mjs'

const itself = fileURLToPath(import.meta.url)

/** Largest resident memory of a process that simulates so many requests of the web tier. */
export function memory() {
  const rows = [['requests', 'resident', 'seconds']]
  for (const requests of [1e6, 1e7, 1e8]) {
    const output = execFileSync(process.execPath, [itself, String(requests)], { encoding: 'utf8' })
    const { residentMb, seconds } = JSON.parse(output)
    rows.push([short(requests), `${residentMb.toFixed(0)} MB`, seconds.toFixed(0)])
  }
  table(rows)
}

if (process.argv[1] === itself) {
  const { seconds } = run(webTier(), { requests: Number(process.argv[2]), perSecond: 2560 })
  console.log(JSON.stringify({ seconds, residentMb: process.resourceUsage().maxRSS / 1024 }))
}
