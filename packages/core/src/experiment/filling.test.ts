import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import { cheApproximation, zipfShares } from '../theory/che-approximation.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Plan, Task } from './task.ts'

/** A cache in front of a store, as the fields say; `rest` of the design after the blocks. */
async function answerOf({
  key,
  cache,
  source = 'rate: 100/s',
  run = '',
}: Readonly<Record<'key' | 'cache', string>> & {
  source?: string
  run?: string
}) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: a cache that begins empty
traffic: { readers: { ${source}, requests: { get: { to: album, key: ${key} } } } }
blocks:
  album: { type: cache, of: store, compute: 0s, ${cache} }
  store: { type: database, read: 0s }
${run}
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const plans: Plan[] = []
  const runner = async (tasks: readonly Task[]) => {
    plans.push(...tasks.map(({ plan }) => plan))
    return tasks.map((task) => replicate(task))
  }
  const answer = await simulate(design, { runner, longer: false })
  const hitRatio = answer.blocks.find(({ name }) => name === 'album')?.hitRatio
  return { ...answer, hitRatio, leadInMs: plans.at(-1)?.leadInMs ?? 0 }
}

describe('a steady run with a cache that starts empty', () => {
  it('measures from the moment when every key is in the cache, if it has room for all', async () => {
    const { hitRatio, run } = await answerOf({ key: 'zipf 0.9 over 500', cache: 'capacity: 1000, start: empty' })
    expect(hitRatio?.sufficient === true && hitRatio.point).toBeGreaterThan(0.999)
    expect(run.stopped).toBe(null)
    // The key requested least comes every 140 s, and after five times that it is missed by one read in 100,000.
    expect(run.warmUpMs).toBeGreaterThan(60_000)
    expect(run.warmUpMs).toBeLessThan(1_000_000)
  })

  it('leaves out exactly the characteristic time of a full LRU cache as warm-up', async () => {
    const { characteristicTime, hitRatio: right } = cheApproximation(zipfShares(0.9, 10_000), 3000)
    const { leadInMs, hitRatio } = await answerOf({ key: 'zipf 0.9 over 10k', cache: 'capacity: 3000, start: empty' })
    const characteristicMs = (characteristicTime / 100) * 1000
    expect(leadInMs / characteristicMs).toBeGreaterThan(0.85)
    expect(leadInMs / characteristicMs).toBeLessThan(1.1)
    expect(hitRatio?.sufficient === true && Math.abs(hitRatio.point - right)).toBeLessThan(0.01)
  })

  it.each([
    ['is larger than all keys', 'zipf 0.9 over 1M', 'capacity: 2M'],
    ['forgets after a day', 'zipf 0.8 over 200k', 'capacity: 250k, ttl: 24h'],
    ['is large in bytes', 'zipf 0.9 over 10M', 'capacity: 4GiB, object-size: 1KiB'],
  ])('says insufficient data, why, and the remedy, where it %s and cannot fill', async (_which, key, cache) => {
    const { verdict, hitRatio, requests, run } = await answerOf({ key, cache: `${cache}, start: empty` })
    expect(verdict.outcome).toBe('inconclusive')
    expect(verdict.sentence).toMatch(
      /album starts empty and takes about [\d.]+ (days|hours) to fill.*set album.start to warmed/,
    )
    expect([hitRatio?.sufficient, requests[0]?.mean.sufficient]).toEqual([false, false])
    expect(run.events).toBeLessThan(200_000)
  })

  it('does not wait for all keys if changes end entries long before', async () => {
    const { run, leadInMs } = await answerOf({
      key: 'zipf 0.9 over 1M',
      cache: 'capacity: 2M, ttl: 1s, start: empty',
    })
    expect([run.stopped, leadInMs]).toEqual([null, 0])
  })

  it('is not longer because of a small cache', async () => {
    const { run, leadInMs } = await answerOf({ key: 'zipf 0.9 over 10k', cache: 'capacity: 20, start: empty' })
    expect([run.stopped, leadInMs]).toEqual([null, 0])
  })
})

it('a terminating run measures a cache that starts empty while it fills', async () => {
  const { hitRatio } = await answerOf({
    key: 'zipf 0.9 over 1M',
    cache: 'capacity: 2M, start: empty',
    run: 'run: { for: 50s, repeat: 5 }',
  })
  expect(hitRatio?.sufficient === true && hitRatio.point).toBeLessThan(0.35)
})
