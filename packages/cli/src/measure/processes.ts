import { type ChildProcess, fork } from 'node:child_process'
import type { Item, Report } from './item.ts'

export interface Program {
  /** The program that measures one item when it is called with `--item <kind> <name> <root>`. */
  readonly program: string
  readonly root: string
  /** Measure only verdicts of which the fingerprint has moved. */
  readonly moved: boolean
}

export interface Work extends Program {
  readonly processes: number
  /** Called for each item as it begins and as it ends. */
  begins(item: Item): void
  ends(item: Item, report: Report): void
}

/** Measures items, each in a process of its own, so many at a time and in the order given. Ends early when `signal` aborts. */
export async function measureAll(items: readonly Item[], work: Work, signal: AbortSignal): Promise<void> {
  const waiting = [...items]
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && !signal.aborted; item = waiting.shift()) {
      work.begins(item)
      const report = await measureApart(item, work, signal)
      if (report !== undefined) work.ends(item, report)
    }
  }
  await Promise.all(Array.from({ length: Math.min(work.processes, items.length) }, lane))
}

/** Measures one item in a process of its own. @returns undefined where it was stopped. */
export function measureApart(
  item: Item,
  { program, root, moved }: Program,
  signal: AbortSignal,
): Promise<Report | undefined> {
  const child: ChildProcess = fork(program, ['--item', item.kind, item.name, root, moved ? 'moved' : 'all'], {
    serialization: 'advanced',
  })
  return new Promise((resolve) => {
    const stop = () => child.kill()
    signal.addEventListener('abort', stop)
    let report: Report | undefined
    child.on('message', (message) => {
      report = message as Report
    })
    child.on('exit', (code, killedBy) => {
      signal.removeEventListener('abort', stop)
      const ended = killedBy ?? `status ${code}`
      resolve(
        signal.aborted && report === undefined ? undefined : (report ?? unmeasured(`its process ended with ${ended}`)),
      )
    })
  })
}

/** The report of a verdict whose fingerprint is the one recorded. */
export const asRecorded: Report = {
  isAsRecorded: true,
  cpuSeconds: 0,
  rows: [],
  before: [],
  look: [],
  files: {},
  broken: [],
}

/** The report of an item that could not be measured. */
export function unmeasured(why: string): Report {
  return { cpuSeconds: 0, rows: [], before: [], look: [], files: {}, broken: [`could not be measured: ${why}`] }
}
