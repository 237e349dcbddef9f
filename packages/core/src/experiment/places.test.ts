import { describe, expect, it } from 'vitest'
import { assumptionsOf } from '../before-run/network-time.ts'
import { readDesign } from '../language/index.ts'
import { distancesSource, publishedRoundTripMs, regionsWithDistances } from '../network/distances.ts'
import type { Estimate, Interval } from '../stats/estimate.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

interface Parts {
  readonly places?: string
  readonly people?: string
  readonly web?: string
  readonly db?: string
  readonly faults?: string
  readonly call?: string
  readonly run?: string
}

function read({
  places = '{}',
  people = '',
  web = '',
  db = '',
  faults = '[]',
  call = '',
  run = 'for: 60s, repeat: 4',
}: Parts) {
  return readDesign(
    `loadpath: 1
name: places
places: ${places}
traffic: { people: { rate: 50/s, ${people} requests: { get: { to: web } } } }
blocks:
  web: { type: service, ${web} endpoints: { get: [{ wait: 1ms }, { call: db.read, ${call} }] } }
  db: { type: database, read: 2ms, ${db} }
faults: ${faults}
run: { ${run} }
`,
    catalogue,
  )
}

async function answerOf(parts: Parts) {
  const { design, problems } = read(parts)
  if (design === undefined) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('; '))
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  return await simulate(design, { runner, longer: false })
}

function pointOf(found: Estimate | undefined): number {
  return found?.sufficient === true ? found.point : Number.NaN
}

async function meanMs(parts: Parts): Promise<number> {
  return pointOf((await answerOf(parts)).requests[0]?.mean)
}

const two = '{ eu-west: {}, us-east: {} }'

describe('a call between places', () => {
  it('takes the published round trip, and none within a zone', async () => {
    expect(await meanMs({ places: two, web: 'in: eu-west,', db: 'in: us-east,', people: 'in: eu-west,' })).toBeCloseTo(
      3 + 75,
      6,
    )
    expect(await meanMs({ places: two, web: 'in: eu-west,', db: 'in: eu-west,', people: 'in: eu-west,' })).toBeCloseTo(
      3,
      6,
    )
  })

  it('takes the line that the design writes, in either direction', async () => {
    const places = '{ here: {}, there: { to: { here: { round-trip: 40ms } } } }'
    expect(await meanMs({ places, web: 'in: here,', db: 'in: there,' })).toBeCloseTo(3 + 40, 6)
  })

  it('takes the way between zones where both are spread over them in turn', async () => {
    // Of the nine pairs of zones three are the same, for the client and for the call alike.
    const mean = await meanMs({ places: '{ eu-west: { zones: 3 } }', web: 'instances: 3,', db: 'in: eu-west.zone-1,' })
    expect(Math.abs(mean - (3 + 2 * (2 / 3) * 0.7))).toBeLessThan(0.02)
  })

  it('takes no time where somebody is nowhere', async () => {
    expect(await meanMs({ places: two, db: 'in: us-east,' })).toBeCloseTo(3, 6)
  })

  it('is that of the clients by their shares', async () => {
    const people = 'in: { eu-west: 75%, us-east: 25% },'
    expect(Math.abs((await meanMs({ places: two, people, web: 'in: eu-west,' })) - (3 + 75 / 4))).toBeLessThan(0.3)
  })

  it('is lost as often as the line says, each way', async () => {
    const places = '{ here: {}, there: { to: { here: { round-trip: 40ms, loss: 10% } } } }'
    const { requests } = await answerOf({ places, web: 'in: here,', db: 'in: there,', call: 'timeout: 1s' })
    const found = requests[0]?.availability as Interval
    expect(Math.abs(found.point - 0.81)).toBeLessThan(found.high - found.low)
  })
})

describe('the assumptions', () => {
  const roundTrips = (places: string) => {
    const { design } = read({ places })
    if (design === undefined) throw new Error('the design is refused')
    return assumptionsOf(design).filter(({ path }) => path.endsWith('.round-trip'))
  }

  it('name each published round trip, with its source', () => {
    const meaning = 'published round trip of the two regions'
    expect(roundTrips('{ us-east: {}, eu-west: {} }')).toEqual([
      { path: 'places.eu-west.to.us-east.round-trip', value: '75ms', meaning, source: distancesSource },
    ])
  })

  it('leave out a round trip that the design writes, and name one of which it writes the loss alone', () => {
    expect(roundTrips('{ eu-west: {}, us-east: { to: { eu-west: 40ms } } }')).toEqual([])
    expect(roundTrips('{ eu-west: {}, us-east: { to: { eu-west: { latency: 40ms } } } }')).toEqual([])
    expect(roundTrips('{ eu-west: {}, us-east: { to: { eu-west: { loss: 1% } } } }')).toMatchObject([
      { path: 'places.us-east.to.eu-west.round-trip', value: '75ms' },
    ])
  })
})

describe('a design is refused', () => {
  const said = (parts: Parts) => read(parts).problems.map(({ message, hint }) => `${message}; ${hint}`)

  it('whose shares of clients do not add up', () => {
    const people = (shares: string) => ({ places: two, people: `in: ${shares},` })
    expect(said(people('{ eu-west: 60%, us-east: 30% }'))).toEqual([
      'the shares of the places add up to 90%; change them so that they add up to 100%',
    ])
    expect(said(people('{ eu-west: 66.7%, us-east: 33.3% }'))).toEqual([])
    expect(said(people('[eu-west, us-east]'))).toEqual([])
  })

  it('that cuts a part from itself, or more than two sides', () => {
    expect(said({ faults: '[{ cut: [web.1, web.1], at: 1s }]' })).toEqual([
      'both sides are `web.1`; name another side, or write `web.1` alone',
    ])
    expect(said({ faults: '[{ cut: [web.1, web], at: 1s }]' })).toEqual([])
    expect(said({ faults: '[{ cut: [web, db, web.1], at: 1s }]' })).toEqual([
      '`cut` takes at most 2 items, not 3; name two sides at most; write one fault for each further pair',
    ])
  })

  it('that cuts off an unknown block or place, and has a place only where one may stand', () => {
    const unknown = 'unknown block or place `europe`; add `europe` under `places` or `blocks`'
    expect(said({ faults: '[{ cut: [europe, web], at: 1s }]' })).toEqual([unknown])
    expect(said({ faults: '[{ crash: europe, at: 1s }]' })).toEqual([unknown])
    const { problems } = readDesign(
      `loadpath: 1
name: places
places: { eu-west: {} }
traffic: { people: { rate: 50/s, requests: { get: { to: front } } } }
blocks: { front: { type: load-balancer, targets: eu-west } }
run: { for: 60s, repeat: 4 }
`,
      catalogue,
    )
    expect(problems.map(({ message }) => message)).toEqual(['unknown block `eu-west`'])
  })
})

describe('faults of the network', () => {
  const phase = async (faults: string, parts: Parts = {}) => {
    const { phases } = await answerOf({ ...parts, faults, call: 'timeout: 500ms' })
    return phases.map(({ label, requests: { availability, mean } }) => [
      label,
      Math.round(pointOf(availability) * 100),
      Math.round(pointOf(mean)),
    ])
  }

  it('a cut loses all that crosses it, with or without places', async () => {
    const faults = '[{ cut: [web, db], at: 20s, for: 20s, name: split }]'
    const split = await phase(faults)
    expect(split.map(([label, available]) => [label, available])).toEqual([
      ['before', 100],
      ['split', 0],
      ['after split', 100],
    ])
  })

  it('a cut of one side alone cuts it off from all', async () => {
    const [, split] = await phase('[{ cut: web, at: 20s, for: 20s, name: split }]')
    expect(split?.[1]).toBe(0)
  })

  it('a cut of one instance leaves the others', async () => {
    const [, split] = await phase('[{ cut: [web.1, db], at: 20s, for: 20s, name: split }]', { web: 'instances: 4,' })
    expect(Math.abs((split?.[1] as number) - 75)).toBeLessThan(3)
  })

  it('a worse line adds its latency each way, or one way', async () => {
    const both = await phase('[{ worsen: [web, db], latency: 50ms, at: 20s, for: 20s, name: slow }]')
    const oneWay = await phase(
      '[{ worsen: [web, db], latency: 50ms, direction: one-way, at: 20s, for: 20s, name: slow }]',
    )
    expect([both[1]?.[2], oneWay[1]?.[2]]).toEqual([103, 53])
  })
})

describe('what is under way', () => {
  const places = '{ here: {}, there: { to: { here: { round-trip: 80ms } } } }'
  const apart = { places, web: 'in: here,', db: 'in: there,' }

  it('crosses the network there and back through a pool, which a one-way cut stops', async () => {
    const pooled = { ...apart, web: 'in: here, calls: { db: { pool: 20 } },' }
    expect(await meanMs(pooled)).toBeCloseTo(3 + 80, 6)
    const faults = '[{ cut: [web, db], direction: one-way, at: 0s }]'
    const { requests } = await answerOf({ ...pooled, faults, call: 'timeout: 1s' })
    expect(pointOf(requests[0]?.availability)).toBe(0)
  })

  it('times out on its way back, with and without a hedge', async () => {
    const { requests } = await answerOf({ ...apart, call: 'timeout: 60ms' })
    expect(pointOf(requests[0]?.availability)).toBe(0)
    expect(await meanMs({ ...apart, call: 'hedge: 10ms' })).toBeCloseTo(3 + 80, 4)
  })

  it('leaves no ghost of a visit that died in a hang', async () => {
    const faults = '[{ hang: db, at: 10s, for: 5s, name: hung }]'
    const { phases } = await answerOf({ ...apart, faults, call: 'timeout: 500ms' })
    expect(pointOf(phases[2]?.requests.mean)).toBeCloseTo(3 + 80, 0)
  })
})

it('a hang loses what its instance held, and nobody who waited outside', async () => {
  const text = `loadpath: 1
name: hung
traffic: { people: { rate: 10/s, arrival: regular, requests: { get: { to: lb } } } }
blocks:
  lb: { type: load-balancer, targets: api, per-target: 1 }
  api: { type: service, endpoints: { get: [{ compute: 1ms }] } }
faults: [{ hang: api, at: 2s, for: 4s }]
run: { for: 10s, repeat: 2 }
`
  const { design } = readDesign(text, catalogue)
  if (design === undefined) throw new Error('the design is wrong')
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const { requests } = await simulate(design, { runner, longer: false })
  expect(pointOf(requests[0]?.availability)).toBe(0.99)
})

it('the crash of a zone takes all that is in it at once', async () => {
  const faults = '[{ crash: eu-west.zone-2, at: 20s, for: 20s, name: lost }]'
  const { phases } = await answerOf({ places: '{ eu-west: { zones: 2 } }', web: 'instances: 4,', faults })
  // Half of the service is in the other zone, and so is the database.
  expect(Math.round(pointOf(phases[1]?.requests.availability) * 10)).toBe(5)
})

it('a health check finds a target silent that is cut off', async () => {
  const text = (faults: string) => `loadpath: 1
name: checked
traffic: { people: { rate: 100/s, requests: { get: { to: front, timeout: 200ms } } } }
blocks:
  front: { type: load-balancer, targets: [a, b], health-check: { every: 1s, timeout: 100ms, fails: 2 } }
  a: { type: service, endpoints: { get: [{ compute: 1ms }] } }
  b: { type: service, endpoints: { get: [{ compute: 1ms }] } }
faults: [${faults}]
run: { for: 120s, repeat: 2 }
`
  const { design } = readDesign(text('{ cut: [front, a], at: 20s, for: 80s, name: split }'), catalogue)
  if (design === undefined) throw new Error('the design is wrong')
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const { phases } = await simulate(design, { runner, longer: false })
  // Half of the requests fail until the second check has timed out, at most 2.1 s of the 80 s.
  expect(pointOf(phases[1]?.requests.availability)).toBeGreaterThan(1 - 2.1 / 2 / 80 - 0.005)
})

it('distances are published for every two of the regions, between 9 and 328 ms', () => {
  for (const one of regionsWithDistances) {
    for (const other of regionsWithDistances) {
      const ms = publishedRoundTripMs(one, other)
      if (one === other) expect(ms).toBeUndefined()
      else expect(ms).toBe(publishedRoundTripMs(other, one))
      if (ms !== undefined) expect(ms >= 9 && ms <= 328).toBe(true)
    }
  }
})

it.each<[Parts, string]>([
  [{ places: '{ mars: {}, eu-west: {} }' }, 'the distance between `eu-west` and `mars` is not known'],
  [{ places: two, web: 'in: eu-wets,' }, 'unknown place `eu-wets`'],
  [{ places: '{ eu-west: { zones: 2 } }', web: 'in: eu-west.zone-3,' }, '`eu-west` has no zone `zone-3`'],
  [{ places: two, people: 'in: { eu-wets: 50% },' }, 'unknown place `eu-wets`'],
  [{ places: '{ eu-west: { to: { eu-west: 2ms } } }' }, '`eu-west` has a line to itself'],
  [{ places: '{ web: {} }' }, '`web` names a place and a block'],
  [{ faults: '[{ worsen: [web, db], at: 1s }]' }, 'nothing becomes worse'],
])('%o is a mistake: %s', (parts, message) => {
  expect(
    read(parts)
      .problems.filter(({ severity }) => severity === 'error')
      .map((one) => one.message),
  ).toEqual([message])
})
