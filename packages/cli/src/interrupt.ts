import { exitCodes } from './exit-codes.ts'

/** Ctrl-C or SIGTERM: the first asks for the answer so far, the second leaves at once. */
export interface Interrupt {
  readonly isWanted: () => boolean
  stopListening(): void
}

const signals = ['SIGINT', 'SIGTERM'] as const
/** What comes so soon after the first is the same wish: `timeout` tells the process, and then its group. */
const sameMs = 300

/** `stop` is told at the first signal, with a sentence for the user; `tidyUp` before the process ends at the second. */
export function listenForInterrupt(stop: (text: string) => void, tidyUp: () => void): Interrupt {
  let isWanted = false
  let firstMs = 0
  const onSignal = (): void => {
    const nowMs = performance.now()
    if (isWanted && nowMs - firstMs < sameMs) return
    if (isWanted) {
      tidyUp()
      process.exit(exitCodes.interrupted)
    }
    isWanted = true
    firstMs = nowMs
    stop('Ending with the answer so far; Ctrl-C again leaves at once.')
  }
  for (const signal of signals) process.on(signal, onSignal)
  return {
    isWanted: () => isWanted,
    stopListening: () => {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}
