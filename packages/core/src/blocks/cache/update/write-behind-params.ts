import { count, duration, type Values } from '../../../support/params.ts'

/** How what is written to a cache reaches its origin later. */
export const writeBehindParams = {
  every: duration({
    meaning: 'time between two rounds of writes to the origin; each round writes a key once',
    default: '1s',
    min: '1ms',
  }),
  batch: count({
    meaning: 'objects in one write to the origin; the origin works for it as for one write',
    default: 1,
    min: 1,
    max: 10_000,
  }),
  timeout: duration({
    meaning: 'time-out of a write to the origin; the next round writes again what failed',
    default: '10s',
    above: 0,
  }),
}

export type WriteBehindValues = Values<typeof writeBehindParams>
