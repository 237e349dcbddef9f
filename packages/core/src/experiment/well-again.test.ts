import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

async function answerTo(fault: string, { rate = 80, objectives = '', length = 100 } = {}): Promise<Answer> {
  const { design, problems } = readDesign(
    `loadpath: 1
name: well again
traffic: { v: { rate: ${rate}/s, arrival: regular, requests: { view: { to: web } } } }
blocks:
  web: { type: service, workers: 1, endpoints: { view: [{ compute: 10ms }] } }
faults: [${fault}]
run: { for: ${length}s, repeat: 10 }
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
  it('is that until the backlog of an event is worked off', async () => {
    // Three times slower for 6 s: 480 came and 200 were done; the 280 left go by 20/s, for 14 s.
    const answer = await answerTo('{ slow: web, factor: 3, at: 30s, for: 6s }', {
      objectives: 'well-again < 15s, well-again < 13s',
    })
    const [before, during, after] = timesIn(answer)
    expect([before, during]).toEqual([undefined, undefined])
    expect(after?.sufficient && Math.abs(after.point - 14_000)).toBeLessThanOrEqual(500)
    expect(answer.objectives.map(({ verdict }) => verdict)).toEqual(['met', 'missed'])
  })

  it('is nothing where the event left nothing behind', async () => {
    const [, , after] = timesIn(await answerTo('{ crash: web, at: 30s, for: 6s }', { rate: 10 }))
    expect(after).toMatchObject({ point: 0 })
  })

  it('is at least the rest of the run where it is not long enough', async () => {
    const [, , after] = timesIn(await answerTo('{ slow: web, factor: 3, at: 30s, for: 6s }', { length: 45 }))
    expect(after).toMatchObject({ sufficient: false, reason: 'not within the run' })
  })

  it('is not known where nothing was before', async () => {
    const [, after] = timesIn(await answerTo('{ slow: web, factor: 3, at: 0s, for: 6s }'))
    expect(after).toMatchObject({ sufficient: false, reason: 'too few requests before the event' })
  })
})
