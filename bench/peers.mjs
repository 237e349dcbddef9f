import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run, webTier } from './engine.mjs'
import { short, table, turns } from './turns.mjs'

const folder = fileURLToPath(new URL('peers/', import.meta.url))
const rounds = 9
const perSecond = 2560

/** The reference model by Loadpath, by hand in C, and in SimPy. */
export function peers() {
  const design = webTier()
  const scratch = mkdtempSync(join(tmpdir(), 'loadpath-bench-'))
  try {
    const contestants = { Loadpath: (replication) => run(design, { requests: 1_000_000, perSecond, replication }) }
    const program = compiled(scratch)
    if (program !== null) contestants.C = () => JSON.parse(execFileSync(program, ['2000000'], { encoding: 'utf8' }))
    const python = pythonWithSimpy()
    if (python !== null) {
      const script = join(folder, 'web-tier.py')
      contestants.SimPy = () => JSON.parse(execFileSync(python, [script, '40000'], { encoding: 'utf8' }))
    }
    print(turns(contestants, rounds))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function print(best) {
  const rows = [['', 'requests/s', 'events/s', 'mean', 'times C', 'times SimPy']]
  const rate = ({ requests, answered, seconds }) => (requests ?? answered) / seconds
  for (const [name, result] of Object.entries(best)) {
    const times = (other) => (best[other] === undefined ? '-' : (rate(result) / rate(best[other])).toPrecision(3))
    const events = result.events === undefined ? '-' : short(result.events / result.seconds)
    const meanMs = result.meanMs ?? result.mean
    rows.push([name, short(rate(result)), events, `${meanMs.toFixed(2)} ms`, times('C'), times('SimPy')])
  }
  table(rows)
  console.log('  The mean response that theory gives is 18.335 ms. Fastest of nine runs each, in turns, on one thread.')
}

function compiled(scratch) {
  const program = join(scratch, 'web-tier')
  try {
    execFileSync('cc', ['-O2', '-o', program, join(folder, 'web-tier.c'), '-lm'], { stdio: 'pipe' })
    return program
  } catch (error) {
    console.log(`  no C program (needs cc): ${String(error.message).split('\n')[0]}`)
    return null
  }
}

/** A Python that can import SimPy, or null, which it says. */
export function pythonWithSimpy() {
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      execFileSync(python, ['-c', 'import simpy'], { stdio: 'pipe' })
      return python
    } catch {}
  }
  console.log('  no SimPy (needs python3 with simpy, on Debian the package python3-simpy3)')
  return null
}
