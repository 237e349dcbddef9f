import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeReport } from '../report-file.ts'
import { idOf, printChanges } from './changes.ts'
import { chosenItems, type Item, itemsIn, longestFirst, type Report } from './item.ts'
import { Journal } from './journal.ts'
import { measureItem, movedSince, staleFiles } from './measure-item.ts'
import { asRecorded, measureAll, unmeasured } from './processes.ts'

const usage = `Usage: measure [--check] [--again] [--moved] [--processes <count>] [--list] [<name>...]

Measures everything again that stands in a page or carries a verdict, each in a process of its own: claims, designs, cases,
and the pages (guide, READMEs). Writes what was measured and says what moved. A name is a kind (claims, designs, cases,
pages) or the beginning of a folder's name, such as lb-09 or q01.

  --check              write nothing; files that are not as they ought to be count as broken
  --again              measure also what this build has measured already
  --moved              only verdicts of which the fingerprint has moved, and pages
  --processes <count>  processes at a time (one a core)
  --list               print what would be measured, longest first

Interrupted, it goes on where it ended when it is called again. Exit code: 0 all holds, 1 something does not, 2 the call is
wrong.
`

const self = fileURLToPath(import.meta.url)

interface Flags {
  readonly check: boolean
  readonly again: boolean
  readonly list: boolean
  readonly moved: boolean
  readonly processes: number
  readonly root: string
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments()
  const items = longestFirst(chosenItems(itemsIn(values.root), positionals))
  if (values.help) process.stdout.write(usage)
  else if (values.list) process.stdout.write(items.map((item) => `${idOf(item)}\n`).join(''))
  else return measure(items, { ...values, processes: Number(values.processes ?? availableParallelism()) })
  return 0
}

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      moved: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      processes: { type: 'string' },
      root: { type: 'string', default: '.' },
    },
  })
}

async function measure(items: readonly Item[], flags: Flags): Promise<number> {
  const journal = new Journal(flags.root, dirname(self))
  const found = new Map<Item, Report>()
  if (!flags.again && !flags.check) {
    for (const item of items) {
      const known = journal.find(item)
      if (known !== undefined) found.set(item, known)
    }
    if (found.size > 0) say(`${found.size} were measured by this build already; --again measures them too`)
  }
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const running = new Set<string>()
  const heartbeat = setInterval(() => say(`  at work: ${[...running].join(', ')}`), 30_000)
  await measureAll(
    items.filter((item) => !found.has(item)),
    {
      ...{ program: self, root: flags.root, processes: flags.processes, moved: flags.moved },
      begins: (item) => running.add(idOf(item)),
      ends: (item, report) => {
        running.delete(idOf(item))
        const kept = finish(item, report, flags, journal)
        found.set(item, kept)
        const state = stateOf(kept)
        say(`[${found.size}/${items.length}] ${idOf(item)}  ${report.cpuSeconds.toFixed(1)} s${state}`)
      },
    },
    interrupt.signal,
  )
  clearInterval(heartbeat)
  process.stdout.write(
    printChanges(items.flatMap((item) => (found.has(item) ? [[item, found.get(item) as Report]] : []))),
  )
  if (interrupt.signal.aborted) return 130
  return [...found.values()].every(({ broken }) => broken.length === 0) ? 0 : 1
}

/** Writes what was measured, or says that the files are old. */
function finish(item: Item, report: Report, { check }: Flags, journal: Journal): Report {
  if (report.isAsRecorded) return report
  if (check) {
    const stale = staleFiles(report).map((path) => `${path} is not what was measured`)
    return { ...report, broken: [...report.broken, ...stale] }
  }
  for (const [path, text] of Object.entries(report.files)) writeReport(path, text)
  if (Object.keys(report.files).length > 0) journal.add(item, report)
  return report
}

function stateOf({ broken, isAsRecorded }: Report): string {
  if (isAsRecorded) return ', as recorded'
  return broken.length === 0 ? '' : ', no longer holds'
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** In a process of its own: measures one item and sends what was found. */
async function measureOne(kind: string, name: string, root: string, onlyMoved: boolean): Promise<void> {
  const item = itemsIn(root).find((one) => one.kind === kind && one.name === name)
  const work = async () => {
    if (item === undefined) return unmeasured('it is not there')
    if (onlyMoved && item.kind !== 'page' && (await movedSince(item)).length === 0) return asRecorded
    return measureItem(item, root)
  }
  const report = await work().catch((error) => unmeasured(error instanceof Error ? error.message : String(error)))
  process.send?.(report)
}

const [first, kind = '', name = '', root = '.', moved] = process.argv.slice(2)
if (first === '--item') await measureOne(kind, name, root, moved === 'moved')
else {
  try {
    process.exitCode = await main()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    process.exitCode = 2
  }
}
