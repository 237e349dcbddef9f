import { expect, it } from 'vitest'
import { mmc } from '../theory/mmc.ts'
import { meansHeld, type System } from './testing-coverage.ts'

const hundred = (
  [
    [0.9, '2%'],
    [0.98, '5%'],
    [0.99, '10%'],
  ] as const
).map(([load, until]) => ({
  name: `M/M/100 at ${load * 100} %`,
  station: { servers: 100, load, run: `{ until: ${until} }` },
  mean: mmc(100, 100 * load, 1).meanResponse,
}))

const systems: readonly System[] = [
  { name: 'M/M/1 at 95 %', station: { servers: 1, load: 0.95, run: '{ until: 5% }' }, mean: 20 },
  ...hundred,
]

/** Intervals of 95 % that have to contain the truth, of 200: the standard error of 95 in 100 is 3 in 200. */
const [seeds, leastHeld] = [200, 182]

let [held, given] = [0, 0]

it.each(systems)('$name: the mean is within what is printed in 182 of 200', async (system) => {
  const found = await meansHeld(system, seeds)
  held += found.held
  given += found.given
  const said = `${found.held} held of ${found.given}, not enough in ${seeds - found.given}`
  expect(found.held / found.given, said).toBeGreaterThanOrEqual(leastHeld / seeds)
  expect(found.given, said).toBeGreaterThan(seeds / 2)
})

it('over all of these systems 93 in 100 hold', () => expect(held / given).toBeGreaterThanOrEqual(0.93))
