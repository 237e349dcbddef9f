import type { Change, NetworkControl, Side } from '../network/roads.ts'
import { choice, list, reference, type Values } from '../support/params.ts'

/** Between what a fault of the network lies. */
export const sidesParams = {
  between: list({
    meaning: 'two sides, each a place, a zone, a block or an instance; one side alone is cut off from all others',
    of: reference({ meaning: 'a side', to: 'instance' }),
    single: true,
    min: 1,
    max: 2,
  }),
  direction: choice({
    meaning: '`both`, or `one-way`: only what goes from the first side to the second',
    words: ['both', 'one-way'],
    default: 'both',
  }),
}

type SidesValues = Values<typeof sidesParams>

/** The network, as faults see it. */
export interface FaultyNetwork {
  readonly control: NetworkControl
  sideOf(reference: SidesValues['between'][number]): Side
}

/** Changes the lines between the sides. @returns what takes it back */
export function changeBetween({ between, direction }: SidesValues, network: FaultyNetwork, change: Change): () => void {
  const [first, second] = between.map((reference) => network.sideOf(reference)) as [Side, Side | undefined]
  const other: Side = second ?? ((address) => !first(address))
  return network.control.change(first, other, change, direction === 'one-way')
}
