import { exitCodes } from './exit-codes.ts'

/** Ctrl-C or SIGTERM: the first asks for the answer so far, the second leaves at once. */
export interface Interrupt {
  readonly isWanted: () => boolean
  stopListening(): void
}

const signals = ['SIGINT', 'SIGTERM'] as const

/** `stop` is told at the first signal, with a sentence for the user; `tidyUp` before the process ends at the second. */
export function listenForInterrupt(stop: (text: string) => void, tidyUp: () => void): Interrupt {
  let isWanted = false
  const onSignal = (): void => {
    if (isWanted) {
      tidyUp()
      process.exit(exitCodes.interrupted)
    }
    isWanted = true
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
