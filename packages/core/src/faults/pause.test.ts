import { expect, it } from 'vitest'
import { catalogue } from '../experiment/catalogue.ts'
import { replicate } from '../experiment/replicate.ts'
import { simulate } from '../experiment/simulate.ts'
import { readDesign } from '../language/read-design.ts'

const [upMs, pauseMs, delayMs] = [100, 20, 10]

const design = (steps: string) => `loadpath: 1
name: pauses
traffic: { visitors: { rate: 100/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, endpoints: { view: ${steps} } }
  away: { type: service, endpoints: { view: [{ wait: ${delayMs}ms }] } }
  broken: { type: service, endpoints: { view: [{ wait: ${delayMs}ms }, { fail: 100% }] } }
faults: [{ pause: web, every: exponential ${upMs}ms, for: ${pauseMs}ms }]
run: { for: 100s, repeat: 10 }
`

/** Mean until a reply, or until a failure, of a service that computes nothing and pauses now and then. */
function expectedMs(): number {
  // Who comes during a pause stays for the rest of it.
  const before = (pauseMs / (upMs + pauseMs)) * (pauseMs / 2)
  // A pause that begins s ms into the delay lasts for pauseMs - (delayMs - s) after it: the integral over s.
  const rate = 1 / upMs
  const share = 1 - Math.exp(-rate * delayMs)
  const meanBegin = (1 - Math.exp(-rate * delayMs) * (1 + rate * delayMs)) / rate
  const after = (pauseMs - delayMs) * share + meanBegin
  return before + delayMs + after
}

it.each([
  ['waits', `[{ wait: ${delayMs}ms }]`],
  ['calls', '[{ call: away }]'],
  ['goes on after a failure', '[{ call: broken, on-failure: go-on }]'],
  ['does so in branches', `[{ parallel: [[{ wait: ${delayMs}ms }], [{ call: away }]] }]`],
])('a paused instance begins nothing and goes on with nothing, even if it only %s', async (_, steps) => {
  const read = readDesign(design(steps), catalogue)
  if (read.design === undefined) throw new Error(read.problems.map(({ message }) => message).join('; '))
  const answer = await simulate(read.design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
  const mean = answer.requests[0]?.mean
  if (mean?.sufficient !== true) throw new Error('a mean is found')
  expect(mean.high - mean.low).toBeLessThan(0.03 * expectedMs())
  expect(mean.low).toBeLessThan(expectedMs())
  expect(mean.high).toBeGreaterThan(expectedMs())
})
