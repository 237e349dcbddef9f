import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../explain/testing-chosen.ts'
import { testingSource } from '../../support/testing-source.ts'
import { type Arrival, arrival } from './arrival.ts'
import { arrivals } from './index.ts'
import { poisson } from './poisson.ts'

const batches = 40
const perBatch = 5000

/** What an arrival process does not keep of what each of them promises. */
function broken(member: Arrival): readonly string[] {
  const { values } = chosenAsItSays(member)
  const draw = (count: number) => {
    const [gaps, source] = [member.create(values), testingSource(7)]
    return Array.from({ length: count }, () => gaps.next(source))
  }
  const gaps = draw(batches * perBatch)
  const again = draw(1000)
  return [
    ...(gaps.every((gap) => gap >= 0 && gap < Number.POSITIVE_INFINITY) ? [] : ['a gap is no time']),
    ...(again.every((gap, i) => gap === gaps[i]) ? [] : ['two processes under the same chance differ']),
    ...meanOff(gaps),
  ]
}

/** Gaps are at rate 1: their mean is 1, within five standard errors of the means of batches. */
function meanOff(gaps: readonly number[]): readonly string[] {
  const means = Array.from({ length: batches }, (_, i) => {
    const own = gaps.slice(i * perBatch, (i + 1) * perBatch)
    return own.reduce((sum, gap) => sum + gap, 0) / perBatch
  })
  const mean = means.reduce((sum, one) => sum + one, 0) / batches
  const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (batches - 1)
  // The first gap may be a random part of a whole one.
  const tolerance = 5 * Math.sqrt(variance / batches) + 1 / (batches * perBatch)
  return Math.abs(mean - 1) <= tolerance ? [] : [`the mean gap is ${mean}, not 1`]
}

describe.each(arrivals.members.map((member) => [member.name, member] as const))('%s', (_name, member) => {
  it('has gaps of mean 1, which the chance alone decides', () => expect(broken(member)).toEqual([]))
})

let shared = 0

it.each<[string, Arrival]>([
  [
    'gaps too long',
    arrival({ ...poisson, create: () => ({ next: (source) => 1.02 * poisson.create({}).next(source) }) }),
  ],
  ['a memory that all share', arrival({ ...poisson, create: () => ({ next: () => shared++ % 3 }) })],
  ['gaps below 0', arrival({ ...poisson, create: () => ({ next: (source) => 4 * source.next() - 1 }) })],
])('an arrival process with %s is caught', (_mistake, member) => expect(broken(member)).not.toEqual([]))
