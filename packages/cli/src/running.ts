import type { SimulateOptions } from '@loadpath/core'
import type { LoadpathContext } from './context.ts'
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
  /** Ctrl-C ended it: the result is the answer so far. */
  readonly interrupted: boolean
}

/** Runs a simulation with threads, progress and Ctrl-C. */
export async function runSimulation<T>(
  { process }: LoadpathContext,
  { seed, threads, json }: RunFlags,
  work: (options: SimulateOptions, isInterrupted: () => boolean) => Promise<T>,
): Promise<Ran<T>> {
  const pool = createPool({ threads })
  let pass: string | null = null
  const underWay = () => (pass === null ? null : { pass, ...(pool.underWay() ?? { done: 0, of: 0 }) })
  const progress = showProgress(process.stderr, { quiet: json, underWay })
  const interrupt = listenForInterrupt(
    (text) => {
      pool.stop()
      progress.say(text)
    },
    () => progress.end(),
  )
  try {
    const options: SimulateOptions = {
      runner: pool.run,
      progress: (news) => progress.report(news),
      pass: (name) => {
        pass = name
      },
      stopping: interrupt.isWanted,
      ...(seed === undefined ? {} : { seed }),
    }
    const result = await work(options, interrupt.isWanted)
    return { result, interrupted: interrupt.isWanted() }
  } finally {
    progress.end()
    interrupt.stopListening()
    await pool.close()
  }
}
