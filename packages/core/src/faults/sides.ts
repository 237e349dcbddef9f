import type { Change, NetworkControl, Side } from '../network/roads.ts'
import type { FieldReport } from '../support/definition.ts'
import { choice, list, reference, type Values } from '../support/params.ts'

/** Between what a fault of the network lies. */
export const sidesParams = {
  between: list({
    meaning: 'two sides, each a place, a zone, a block or an instance; one side alone is cut off from all others',
    of: reference({ meaning: 'a side', to: 'part' }),
    single: true,
    min: 1,
    max: 2,
    remedyIfLonger: 'name two sides at most; write one fault for each further pair',
  }),
  direction: choice({
    meaning: '`both`, or `one-way`: only what goes from the first side to the second',
    words: ['both', 'one-way'],
    default: 'both',
  }),
}

type SidesValues = Values<typeof sidesParams>

/** A line has two ends. */
export function checkSides({ between }: SidesValues, report: FieldReport): void {
  const [one, other] = between.map(nameOfSide)
  if (one !== other) return
  report('between', `both sides are \`${one}\``, `name another side, or write \`${one}\` alone`)
}

function nameOfSide({ block, instance, role }: SidesValues['between'][number]): string {
  return [block, instance, role].filter((part) => part !== undefined).join('.')
}

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
