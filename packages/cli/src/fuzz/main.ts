import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Finding } from '@loadpath/core/fuzz'
import { type Campaign, fuzz } from './campaign.ts'
import { usualCorpus } from './corpus.ts'

const usage = `Usage: fuzz [--designs <count>] [--files <count>] [--seed <number>] [--from <number>] [<path>...]

Simulates random designs with every invariant on, and reads random files made from the designs found under the paths
(${usualCorpus.join(' ')}). Case n of a seed is the same on every machine.

  --designs <count>  random designs to simulate
  --files <count>    random files to read
  --seed <number>    seed of the cases (1)
  --from <number>    number of the first case (0)

Exit code: 0 nothing was found, 1 something was, 2 the call is wrong.
`

/** A case that takes longer hangs, and one that needs more memory never ends well. */
const longestCaseMs = 300_000
const mostMegabytes = 2048

/** What the thread is given beside its campaign: where it writes the number of the case that it is at. */
interface Given {
  readonly campaign: Campaign
  readonly at: Int32Array
}

/** Runs a campaign on a thread of its own, which may hang or run out of memory: that is a finding too. */
function watch(campaign: Campaign): Promise<readonly Finding[]> {
  const at = new Int32Array(new SharedArrayBuffer(4)).fill(campaign.from)
  const worker = new Worker(fileURLToPath(import.meta.url), {
    workerData: { campaign, at } satisfies Given,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  return new Promise((resolve) => {
    let last = -1
    const fail = (check: string) => {
      clearInterval(watching)
      resolve([{ index: Atomics.load(at, 0), failure: { check, detail: '' }, smallest: '', others: 0 }])
    }
    const watching = setInterval(() => {
      const now = Atomics.load(at, 0)
      if (now === last) {
        void worker.terminate()
        fail(`took longer than ${longestCaseMs / 1000} s`)
      }
      last = now
    }, longestCaseMs)
    worker.on('error', (error) => fail(error.message))
    worker.on('message', (findings: readonly Finding[]) => {
      clearInterval(watching)
      resolve(findings)
    })
  })
}

/** Runs a campaign on all cores, a stretch of its cases on each; the same case gives the same finding on any of them. */
async function spread(campaign: Campaign): Promise<readonly Finding[]> {
  const size = Math.max(1, Math.ceil(campaign.count / availableParallelism()))
  const stretches: Campaign[] = []
  for (let done = 0; done < campaign.count; done += size) {
    stretches.push({ ...campaign, from: campaign.from + done, count: Math.min(size, campaign.count - done) })
  }
  const found = new Map<string, Finding>()
  for (const finding of (await Promise.all(stretches.map(watch))).flat()) {
    const known = found.get(finding.failure.check)
    if (known === undefined) found.set(finding.failure.check, finding)
    else known.others += 1 + finding.others
  }
  return [...found.values()]
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      designs: { type: 'string' },
      files: { type: 'string' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const corpus = positionals.length > 0 ? positionals : usualCorpus
  const wanted = (['designs', 'files'] as const).filter((what) => values[what] !== undefined)
  if (wanted.length === 0) throw new Error('say how many --designs or --files')
  const seed = whole('--seed', values.seed)
  const from = whole('--from', values.from)
  let found = 0
  for (const what of wanted) {
    const count = whole(`--${what}`, values[what] as string)
    const findings = await spread({ what, count, seed, from, corpus })
    for (const finding of findings)
      process.stdout.write(printed(finding, { what, count, seed, from, corpus: positionals }))
    process.stdout.write(`${count} ${what} of seed ${seed} from ${from}: ${findings.length} kinds of failure\n`)
    found += findings.length
  }
  return found > 0 ? 1 : 0
}

function whole(name: string, text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new Error(`${name} ${text}: a whole number is needed`)
}

function printed({ index, failure, smallest, others }: Finding, { what, seed, corpus }: Campaign): string {
  const more = others === 0 ? '' : ` (and ${others} more)`
  const replay = `npm run fuzz -- --${what} 1 --seed ${seed} --from ${index} ${corpus.join(' ')}`.trimEnd()
  const shown = what === 'designs' ? smallest : JSON.stringify(smallest)
  return `${failure.check}${more}\n  ${failure.detail.split('\n').slice(0, 6).join('\n  ')}\nreplay: ${replay}\n${shown}\n\n`
}

if (isMainThread) {
  try {
    process.exitCode = await main()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    process.exitCode = 2
  }
} else {
  const { campaign, at } = workerData as Given
  parentPort?.postMessage(await fuzz(campaign, (index) => Atomics.store(at, 0, index)))
}
