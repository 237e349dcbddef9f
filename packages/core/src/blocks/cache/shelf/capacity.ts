import { count, either, type Param, size } from '../../../support/params.ts'

/** Room in a cache: bytes, or a number of entries whatever their size. */
export interface Capacity {
  readonly unit: 'bytes' | 'entries'
  readonly amount: number
}

const entries = count({ meaning: 'entries, whatever their size', min: 1, max: '1G' })
const forms: Omit<Param<number>, 'type' | 'input'> = either({
  meaning: 'room for entries: bytes, or a number of entries',
  of: [size({ meaning: 'bytes in all', above: 0 }), entries],
})

/** `8GiB` or `10k`: both are numbers in the end, so the unit is kept beside them. */
export const capacity: Param<Capacity, string | number> = {
  ...forms,
  facts: {
    ...forms.facts,
    quantityIn(value) {
      const { unit, amount } = value as Capacity
      return { dimension: unit === 'bytes' ? 'size' : 'count', value: amount, with: (next) => ({ unit, amount: next }) }
    },
  },
  read(node, reading) {
    const unit = entries.fits(node, reading) === 2 ? 'entries' : 'bytes'
    const amount = forms.read(node, reading)
    return amount === undefined ? undefined : { unit, amount }
  },
}

/** Room of one of several, where they differ. */
export const ownCapacity: Param<Capacity | undefined, string | number | undefined> = {
  ...capacity,
  meaning: 'its room for entries, in the unit of the others; without it, as for the others',
  optional: true,
}
