import { exitCodes } from './exit-codes.ts'

/** Ctrl-C: the first asks for the answer so far, the second leaves at once. */
export interface Interrupt {
  readonly isWanted: () => boolean
  stopListening(): void
}

export function listenForInterrupt(say: (text: string) => void, tidyUp: () => void): Interrupt {
  let isWanted = false
  const onSignal = (): void => {
    if (isWanted) {
      tidyUp()
      process.exit(exitCodes.interrupted)
    }
    isWanted = true
    say('Finishing the round under way; Ctrl-C again leaves at once.')
  }
  process.on('SIGINT', onSignal)
  return { isWanted: () => isWanted, stopListening: () => process.off('SIGINT', onSignal) }
}
