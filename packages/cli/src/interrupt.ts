import { exitCodes } from './exit-codes.ts'

/** Ctrl-C: the first asks for the answer so far, the second leaves at once. */
export interface Interrupt {
  readonly isWanted: () => boolean
  stopListening(): void
}

export function listenForInterrupt(
  say: (text: string) => void,
  tidyUp: () => void,
  underWay = 'the round under way',
): Interrupt {
  let isWanted = false
  const onSignal = (): void => {
    if (isWanted) {
      tidyUp()
      process.exit(exitCodes.interrupted)
    }
    isWanted = true
    say(`Finishing ${underWay}; Ctrl-C again leaves at once.`)
  }
  process.on('SIGINT', onSignal)
  return { isWanted: () => isWanted, stopListening: () => process.off('SIGINT', onSignal) }
}
