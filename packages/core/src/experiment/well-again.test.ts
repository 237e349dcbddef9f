import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

async function answerTo(
  fault: string,
  { rate = 80, objectives = '', length = 100, work = '10ms', arrival = 'regular', run = '' } = {},
): Promise<Answer> {
  const { design, problems } = readDesign(
    `loadpath: 1
name: well again
traffic: { v: { rate: ${rate}/s, arrival: ${arrival}, requests: { view: { to: web } } } }
blocks:
  web: { type: service, workers: 1, endpoints: { view: [{ compute: ${work} }] } }
faults: [${fault}]
run: { ${run === '' ? `for: ${length}s, repeat: 10` : run} }
objectives: [${objectives}]
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ path, message }) => `${path} ${message}`).join('; '))
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  return simulate(design, { runner, longer: false })
}

const timesIn = ({ phases }: Answer) => phases.map(({ wellAgain }) => wellAgain)

describe('the time until well again', () => {
  it('ends when the backlog of an event is worked off', async () => {
    // Three times slower for 6 s: 480 came and 200 were done; the 280 left go by 20/s, for 14 s.
    const answer = await answerTo('{ slow: web, factor: 3, at: 30s, for: 6s }', {
      objectives: 'well-again < 15s, well-again < 13s',
    })
    const [before, during, after] = timesIn(answer)
    expect([before, during]).toEqual([undefined, undefined])
    expect(after?.sufficient && Math.abs(after.point - 14_000)).toBeLessThanOrEqual(500)
    expect(answer.objectives.map(({ verdict }) => verdict)).toEqual(['met', 'missed'])
  })

  it('is measured for the fault that an objective names', async () => {
    const faults =
      '{ slow: web, factor: 3, at: 30s, for: 6s, name: long }, { slow: web, factor: 3, at: 70s, for: 1s, name: short }'
    const answer = await answerTo(faults, {
      objectives:
        'well-again > 13s, well-again > 13s after long, well-again < 4s after short, well-again > 1s after short',
    })
    expect(answer.objectives.map(({ verdict }) => verdict)).toEqual(['met', 'met', 'met', 'met'])
  })

  it('is found once for each of many events', async () => {
    const faults = Array.from({ length: 30 }, (_, i) => `{ slow: web, factor: 1.01, at: ${3 * i + 3}s, for: 1s }`)
    const times = timesIn(await answerTo(faults.join(', '), { rate: 10 })).filter((time) => time !== undefined)
    expect(times).toHaveLength(30)
    expect(times.every((time) => time.sufficient && time.point === 0)).toBe(true)
  })

  it('is 0 s if the event leaves no backlog', async () => {
    const [, , after] = timesIn(await answerTo('{ crash: web, at: 30s, for: 6s }', { rate: 10 }))
    expect(after).toMatchObject({ point: 0 })
  })

  it('is at least the rest of a run that is too short', async () => {
    const [, , after] = timesIn(await answerTo('{ slow: web, factor: 3, at: 30s, for: 6s }', { length: 45 }))
    expect(after).toMatchObject({ sufficient: false, reason: 'not within the run' })
  })

  it('is not known where nothing was before', async () => {
    const [, after] = timesIn(await answerTo('{ slow: web, factor: 3, at: 0s, for: 6s }'))
    expect(after).toMatchObject({ sufficient: false, reason: 'too few requests before the event' })
  })

  it('has an upper end where responses are random, and lies beyond the time in which the backlog drains', async () => {
    // Three times slower for 5 s: (80 - 33) × 5 calls are left, and go by 20/s, for 11.7 s.
    for (const seed of [1, 2, 3]) {
      const answer = await answerTo('{ slow: web, factor: 3, at: 40s, for: 5s }', {
        work: 'exponential 10ms',
        arrival: 'poisson',
        run: `for: 120s, repeat: 20, start: warmed, seed: ${seed}`,
      })
      const after = answer.phases.at(-1)?.wellAgain
      if (after?.sufficient !== true) throw new Error('not within the run')
      expect(after.high).toBeLessThan(Number.POSITIVE_INFINITY)
      expect(after.point).toBeGreaterThan(11_700)
    }
  })
})
