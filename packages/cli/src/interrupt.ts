import { exitCodes } from './exit-codes.ts'

/** Ctrl-C or SIGTERM: the first asks the run for its answer so far, the second leaves at once. */
export interface Interrupt {
  readonly isWanted: () => boolean
  /** What came first, as a user calls it: `Ctrl-C` or `SIGTERM`. */
  readonly cause: () => string
  /** What the process is to end with, by the signal that came first. */
  readonly exitCode: () => number
  stopListening(): void
}

const codes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const
const causes = { SIGINT: 'Ctrl-C', SIGTERM: 'SIGTERM' } as const
const signals = ['SIGINT', 'SIGTERM'] as const
/** What comes so soon after the first is the same wish: `timeout` tells the process, and then its group. */
const sameMs = 300

/** `stop` is told at the first signal, with a sentence for the user; `tidyUp` before the process ends at the second. */
export function listenForInterrupt(stop: (text: string) => void, tidyUp: () => void): Interrupt {
  let isWanted = false
  let firstMs = 0
  let first: keyof typeof codes = 'SIGINT'
  const onSignal = (signal: keyof typeof codes): void => {
    const nowMs = performance.now()
    if (isWanted && nowMs - firstMs < sameMs) return
    if (isWanted) {
      tidyUp()
      process.exit(codes[signal])
    }
    isWanted = true
    first = signal
    firstMs = nowMs
    stop('Stopping with the answer so far; press Ctrl-C again to quit at once.')
  }
  for (const signal of signals) process.on(signal, onSignal)
  return {
    isWanted: () => isWanted,
    cause: () => causes[first],
    exitCode: () => codes[first],
    stopListening: () => {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}
