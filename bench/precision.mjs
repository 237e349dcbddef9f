import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { simulate } from '@loadpath/core'
import { webTier } from './engine.mjs'
import { pythonWithSimpy } from './peers.mjs'
import { short, table } from './turns.mjs'

const script = fileURLToPath(new URL('peers/web-tier.py', import.meta.url))
const worker = new URL('replicate-worker.mjs', import.meta.url)
const cores = 2
/** Relative half-widths of the 95 % intervals that are asked of the mean and of the 99th percentile. */
const wanted = { mean: 0.01, p99: 0.03 }
const replications = 20
const requestsOfReplication = 20_000
/** Quantile 0.975 of Student's distribution with 19 degrees of freedom. */
const student = 2.093024

/**
 * How long the reference model takes to be known to a precision, on two cores, by Loadpath and by SimPy. Loadpath runs
 * until its intervals are as narrow: pilots, warm-up and the start of its threads are part of the time. The SimPy
 * program runs twenty replications, two at a time, and the time that it needs follows from how wide their intervals
 * are; nothing is added for a warm-up, nor for finding out how much to run. Seconds of the processor are those of all
 * cores together: on a machine that others use they say more than those of the clock.
 */
export async function precision() {
  const ours = await byLoadpath()
  const rows = [['', 'seconds', 'of the processor', 'requests', 'mean', 'p99']]
  const row = (name, { seconds, cpu, requests }, mean = '', p99 = '') =>
    rows.push([name, seconds.toFixed(2), cpu.toFixed(2), short(requests), mean, p99])
  row('Loadpath', ours, told(ours.mean), told(ours.p99))
  const python = pythonWithSimpy()
  if (python !== null) {
    const theirs = await bySimpy(python)
    row('SimPy, as run', theirs, told(theirs.mean), told(theirs.p99))
    const times = Math.max((theirs.mean.half / wanted.mean) ** 2, (theirs.p99.half / wanted.p99) ** 2)
    const needed = { seconds: theirs.seconds * times, cpu: theirs.cpu * times, requests: theirs.requests * times }
    row('SimPy, as needed', needed)
    rows.push(['ratio', (needed.seconds / ours.seconds).toFixed(1), (needed.cpu / ours.cpu).toFixed(1), '', '', ''])
  }
  table(rows)
  console.log('  Asked: the mean within 1 % and the 99th percentile within 3 %, on two cores.')
}

const told = ({ point, half }) => `${point.toFixed(2)} ms ± ${(100 * half).toFixed(2)} %`
const precisionOf = ({ point, low, high }) => ({ point, half: (high - low) / 2 / point })

async function byLoadpath() {
  const began = process.hrtime.bigint()
  const used = process.cpuUsage()
  const workers = Array.from({ length: cores }, () => new Worker(worker))
  let requests = 0
  const runner = async (tasks) => {
    const found = await inTurns(tasks, (task, core) => replicationBy(workers[core], task))
    for (const { kinds } of found) for (const { offered } of kinds.flat()) requests += offered
    return found
  }
  const design = webTier()
  const asked = { ...design, run: { ...design.run, until: wanted.mean } }
  const answer = await simulate(asked, { runner, longer: false })
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  const { user, system } = process.cpuUsage(used)
  await Promise.all(workers.map((one) => one.terminate()))
  const { mean, percentiles } = answer.requests[0]
  const p99 = percentiles.find(({ percentile }) => percentile === 99).estimate
  const reached = { mean: precisionOf(mean), p99: precisionOf(p99) }
  if (!(reached.mean.half <= wanted.mean && reached.p99.half <= wanted.p99)) throw new Error('it ended too early')
  return { seconds, cpu: (user + system) / 1e6, requests, ...reached }
}

function replicationBy(thread, task) {
  return new Promise((resolve, reject) => {
    thread.once('error', reject)
    thread.once('message', (found) => {
      thread.off('error', reject)
      resolve(found)
    })
    thread.postMessage(task)
  })
}

async function bySimpy(python) {
  const began = process.hrtime.bigint()
  const seeds = Array.from({ length: replications }, (_, i) => i + 1)
  const runs = await inTurns(seeds, async (seed) => {
    const { stdout } = await promisify(execFile)(python, [script, String(requestsOfReplication), String(seed)])
    return JSON.parse(stdout)
  })
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  const cpu = runs.reduce((sum, run) => sum + run.cpu, 0)
  const over = (name) => intervalOf(runs.map((run) => run[name]))
  return { seconds, cpu, requests: replications * requestsOfReplication, mean: over('mean'), p99: over('p99') }
}

function intervalOf(values) {
  const point = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - point) ** 2, 0)
  return { point, half: (student * Math.sqrt(squares / (values.length - 1) / values.length)) / point }
}

/** Does all of a list, as many at a time as there are cores, and gives the results in its order. */
async function inTurns(list, work) {
  const results = new Array(list.length)
  let next = 0
  const lane = async (core) => {
    while (next < list.length) {
      const at = next++
      results[at] = await work(list[at], core)
    }
  }
  await Promise.all(Array.from({ length: cores }, (_, core) => lane(core)))
  return results
}
