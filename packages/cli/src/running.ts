import { interruption, type SimulateOptions } from '@loadpath/core'
import type { LoadpathContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { listenForInterrupt } from './interrupt.ts'
import { showProgress } from './progress.ts'
import { createPool } from './threads/pool.ts'

export interface RunFlags {
  readonly seed?: number | undefined
  readonly threads?: number | undefined
  readonly json: boolean
}

export interface Ran<T> {
  readonly result: T
  /** Ctrl-C, SIGTERM, a lack of memory, or a thread that ended, ended it: the result is the answer so far. Null if it is complete. */
  readonly cutShort: CutShort | null
}

export interface CutShort {
  readonly reason: string
  readonly exitCode: number
}

const bereft: CutShort = { reason: 'a thread ended by itself', exitCode: exitCodes.fault }
const starved: CutShort = { reason: 'memory ran out', exitCode: exitCodes.fault }

/** Runs a simulation with threads, progress and Ctrl-C. */
export async function runSimulation<T>(
  { process }: LoadpathContext,
  { seed, threads }: RunFlags,
  work: (options: SimulateOptions, isCutShort: () => boolean) => Promise<T>,
): Promise<Ran<T>> {
  const pool = createPool({ threads })
  let pass: string | null = null
  const underWay = () => (pass === null ? null : { pass, ...(pool.underWay() ?? { done: 0, of: 0, meanMs: null }) })
  const progress = showProgress(process.stderr, { underWay })
  const interrupt = listenForInterrupt(
    (text) => {
      pool.stop()
      progress.say(text)
    },
    () => progress.end(),
  )
  const cutShort = (): CutShort | null => {
    if (interrupt.isWanted()) return { reason: interruption, exitCode: interrupt.exitCode() }
    if (pool.isOutOfMemory()) return starved
    return pool.lost() === null ? null : bereft
  }
  const isCutShort = () => cutShort() !== null
  try {
    const options: SimulateOptions = {
      runner: pool.run,
      progress: (news) => progress.report(news),
      pass: (name) => {
        pass = name
      },
      stopping: isCutShort,
      reason: () => cutShort()?.reason ?? interruption,
      ...(seed === undefined ? {} : { seed }),
    }
    const result = await work(options, isCutShort)
    if (cutShort() === starved) progress.say(`Memory ran out. ${pool.remedyForMemory()}`)
    if (cutShort() === bereft) progress.say(`A thread ended unexpectedly: ${pool.lost()}. Run the command again.`)
    return { result, cutShort: cutShort() }
  } finally {
    progress.end()
    interrupt.stopListening()
    await pool.close()
  }
}
