import { describe, expect, it } from 'vitest'
import { foundIn, problemsOf, requestsIn } from '../experiment/testing-runs.ts'

const design = (traffic: string, fault: string, requests = 'view: { to: web }') => `
traffic: { phones: { ${traffic}, requests: { ${requests} } } }
blocks: { web: { type: service, endpoints: { any: [{ compute: 0.1ms }] } } }
faults: [${fault}]
run: { for: 300s, repeat: 1 }
`
const offered = (text: string) => requestsIn(foundIn(text)).map((cells) => cells.map((cell) => cell.offered))

/** Requests that come at the moments of the fault belong to either side. */
function expectNear(counts: readonly number[], expected: readonly number[]): void {
  expect(counts.map((count, i) => Math.abs(count - (expected[i] ?? Number.NaN)) <= 1)).toEqual(expected.map(() => true))
}

describe('surge', () => {
  it('multiplies the arrivals of a regular source exactly, and leaves the others where they were', () => {
    const fault = '{ surge: phones, factor: 3, at: 100s, for: 50s }'
    const [counts = []] = offered(design('rate: 10/s, arrival: regular', fault))
    expectNear(counts, [1000, 1500, 1500])
  })

  it('multiplies the arrivals of a Poisson source', () => {
    const [[, during = 0] = []] = offered(design('rate: 100/s', '{ surge: phones, factor: 4, at: 100s, for: 100s }'))
    expect(Math.abs(during - 40_000)).toBeLessThan(5 * Math.sqrt(40_000))
  })

  it('multiplies the rate of a shape at each moment', () => {
    const shaped = 'rate: 10/s, arrival: regular, shape: { type: spike, at: 100s, for: 100s, factor: 5 }'
    const [counts = []] = offered(design(shaped, '{ surge: phones, factor: 2, at: 150s, for: 100s }'))
    // Phases begin at 0, 100, 150, 200 and 250 s.
    expectNear(counts, [1000, 2500, 5000, 1000, 500])
  })

  it('of two at once multiplies both factors', () => {
    const faults = '{ surge: phones, factor: 3, at: 100s }, { surge: phones, factor: 2, at: 200s }'
    const [counts = []] = offered(design('rate: 10/s, arrival: regular', faults))
    expectNear(counts, [1000, 3000, 6000])
  })

  it('of one kind of requests leaves the rate of the others', () => {
    const kinds = 'buy: { to: web, weight: 1 }, view: { to: web, weight: 3 }'
    const [buy = [], view = []] = offered(design('rate: 100/s', '{ surge: phones.buy, factor: 5, at: 100s }', kinds))
    const expected = [2500, 25_000, 7500, 15_000]
    for (const [i, count] of [...buy, ...view].entries()) {
      const mean = expected[i] as number
      expect(Math.abs(count - mean)).toBeLessThan(5 * Math.sqrt(mean))
    }
  })

  it('brings forward the end of a source with a count, and sends no more than that', () => {
    const [counts = []] = offered(
      design('rate: 10/s, arrival: regular, count: 1500', '{ surge: phones, factor: 5, at: 100s, for: 50s }'),
    )
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1500)
    expect(counts[1]).toBeGreaterThan(498)
  })

  it.each([
    ['users: 9', 'surge-of-closed-loop faults.1.of: `phones` is a closed loop: it has users and no rate to surge'],
    ['every: 1s', 'surge-of-closed-loop faults.1.of: `phones` has no rate to surge'],
  ])('of a source with `%s` is refused with the reason', (traffic, problem) => {
    expect(problemsOf(design(traffic, '{ surge: phones, factor: 5, at: 100s }'))).toEqual([problem])
  })

  it('of an unknown kind of requests names those that there are', () => {
    const [problem] = problemsOf(design('rate: 9/s', '{ surge: phones.veiw, factor: 5, at: 100s }'))
    expect(problem).toBe('unknown-name faults.1.surge: `phones` has no request `veiw`')
  })
})
