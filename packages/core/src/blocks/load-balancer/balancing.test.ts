import { describe, expect, it } from 'vitest'
import type { Answer } from '../../experiment/answer.ts'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { readDesign } from '../../language/read-design.ts'

interface Setting {
  readonly traffic: string
  readonly front: string
  readonly blocks?: string
  readonly faults?: string
  readonly run: string
}

const server = '{ type: service, endpoints: { get: [{ compute: constant 1ms }] } }'

async function answerOf({ traffic, front, blocks, faults = '', run }: Setting): Promise<Answer> {
  const { design, problems } = readDesign(
    `loadpath: 1
name: a balancer
traffic: { visitors: { ${traffic}, requests: { get: { to: front } } } }
blocks: { front: { type: load-balancer, ${front} }, ${blocks ?? `a: ${server}, b: ${server}`} }
${faults}
run: ${run}
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
}

const ledgerOf = ({ requests }: Answer) => {
  const ledger = requests[0]?.ledger
  if (ledger === undefined) throw new Error('no requests')
  return ledger
}

const meanMs = ({ requests }: Answer): number => {
  const mean = requests[0]?.mean
  return mean?.sufficient === true ? mean.point : Number.NaN
}

describe('two servers at 80 %, 100 ms of work', () => {
  const blocks =
    'web: { type: service, instances: 2, workers: 1, endpoints: { get: [{ compute: exponential 100ms }] } }'
  const meanOf = async (front: string) =>
    meanMs(await answerOf({ traffic: 'rate: 16/s', front, blocks, run: '{ until: 2% }' }))

  it('wait 178 ms in one common line, as M/M/2: s · r² / (1 - r²)', async () => {
    expect(Math.abs((await meanOf('targets: web, per-target: 1')) / (100 + 177.8) - 1)).toBeLessThan(0.03)
  })

  it('wait 284 ms in turn, as E2/M/1: s · x / (1 - x), where x is the root of x = (1.6 / (2.6 - x))²', async () => {
    let root = 0.5
    for (let i = 0; i < 100; i++) root = (1.6 / (2.6 - root)) ** 2
    expect((100 * root) / (1 - root)).toBeCloseTo(284.4, 1)
    expect(Math.abs((await meanOf('targets: web')) / (100 + (100 * root) / (1 - root)) - 1)).toBeLessThan(0.03)
  })
})

describe('one of two servers refuses everything for a minute', () => {
  const crash = 'faults: [{ crash: a, at: 20005ms, for: 60s }]'
  const refused = async (front: string) => {
    const run = '{ for: 100s, repeat: 2 }'
    const traffic = 'rate: 100/s, arrival: regular'
    return ledgerOf(await answerOf({ traffic, front, faults: crash, run })).rejected / 2
  }

  it('it gets half of the calls without ejection', async () => {
    expect(await refused('targets: [a, b]')).toBeCloseTo(3000, -1)
  })

  it('it is out for 10, 20 and 30 s after five failures each: 15 calls are refused', async () => {
    expect(await refused('targets: [a, b], ejection: { fails: 5, for: 10s }')).toBe(15)
  })

  it('it stays if no target may be out', async () => {
    expect(await refused('targets: [a, b], ejection: { fails: 5, for: 10s, max: 49% }')).toBeCloseTo(3000, -1)
  })
})

it('an instance that refuses at once draws the traffic of least-outstanding, and ejection stops that', async () => {
  const blocks = 'web: { type: service, instances: 4, workers: 1, endpoints: { get: [{ compute: exponential 10ms }] } }'
  const run = '{ for: 40s, repeat: 2 }'
  const faults = 'faults: [{ crash: web.2, at: 20s, for: 60s }]'
  const shareRefused = async (more: string) => {
    const front = `targets: web, choice: least-outstanding${more}`
    const answer = await answerOf({ traffic: 'rate: 240/s', front, blocks, faults, run })
    const { rejected, offered } = ledgerOf(answer)
    return { share: rejected / (offered / 2), ejections: answer.blocks[0]?.counters[0]?.count }
  }
  // A quarter of the calls by a fair share.
  expect((await shareRefused('')).share).toBeGreaterThan(0.4)
  const { share, ejections } = await shareRefused(', ejection: 5')
  expect(share).toBeLessThan(0.01)
  expect(ejections).toBe(2)
})

it('a common line fails all who wait when the last healthy target is out, and serves them again when one is back', async () => {
  const { requests, blocks } = await answerOf({
    traffic: 'rate: 100/s, arrival: regular',
    front: 'targets: [a, b], per-target: 1, health-check: { every: 100ms, fails: 1, passes: 1 }',
    faults: 'faults: [{ pause: a, at: 2s, for: 3s }, { pause: b, at: 2s, for: 3s }]',
    run: '{ for: 10s, repeat: 2 }',
  })
  const ledger = requests[0]?.ledger
  // Checks give up after 1 s: all that waited since 2 s is refused, and so is what comes until the end of the pause.
  expect(ledger?.rejected).toBeGreaterThan(2 * 290)
  expect(ledger?.rejected).toBeLessThan(2 * 320)
  expect((ledger?.answered ?? 0) + (ledger?.rejected ?? 0)).toBe(ledger?.offered)
  expect(blocks.length).toBe(3)
})

it('a crash of the balancer ends the calls in its common line', async () => {
  const { offered, answered, rejected, lost } = ledgerOf(
    await answerOf({
      traffic: 'rate: 100/s, arrival: regular',
      front: 'targets: [a, b], per-target: 1',
      blocks:
        'a: { type: service, endpoints: { get: [{ wait: 1s }] } }, b: { type: service, endpoints: { get: [{ wait: 1s }] } }',
      faults: 'faults: [{ crash: front, at: 5005ms, for: 1s }]',
      run: '{ for: 6s, repeat: 2 }',
    }),
  )
  // Two a second are answered, 100 a second come.
  expect(answered / 2).toBeLessThan(12)
  expect(lost / 2).toBeGreaterThan(480)
  expect(answered + rejected + lost).toBe(offered)
})

describe('sessions at four servers, one of which is lost for good', () => {
  const blocks = `web: { type: service, instances: 4, endpoints: { get: [{ compute: constant 1ms }] } }`
  const shareRefused = async (sticky: string) => {
    const { rejected, offered } = ledgerOf(
      await answerOf({
        traffic: 'rate: 200/s, sessions: 1k',
        front: `targets: web, ${sticky}, health-check: { every: 100ms, fails: 1 }`,
        blocks,
        faults: 'faults: [{ crash: web.2, at: 40s, for: 60s }]',
        run: '{ for: 100s, repeat: 2 }',
      }),
    )
    return rejected / offered
  }

  it.each(['cookie', 'source'])('stay refused if `sticky: %s` refuses', async (type) => {
    // 60 s of 100 s, a quarter of the sessions.
    expect(Math.abs((await shareRefused(`sticky: { type: ${type}, when-down: refuse }`)) - 0.15)).toBeLessThan(0.01)
  })

  it.each(['cookie', 'source'])('move to the others with `sticky: %s`', async (type) => {
    expect(await shareRefused(`sticky: ${type}`)).toBeLessThan(0.001)
  })
})

describe('shares of the traffic', () => {
  const blocks = `web: { type: service, instances: 3, endpoints: { get: [{ compute: constant 1ms }] } }, next: ${server}`
  const sharesOf = async (front: string, own = blocks) => {
    const { blocks: measured } = await answerOf({
      traffic: 'rate: 100/s, arrival: regular',
      front,
      blocks: own,
      run: '{ for: 100s, repeat: 2 }',
    })
    const calls = (name: string) => {
      const rate = measured.find((one) => one.name === name)?.arrivedPerSecond
      return rate?.sufficient === true ? rate.point : Number.NaN
    }
    return calls('next') / calls('front')
  }

  it('are those of the blocks, however many instances they have', async () => {
    expect(await sharesOf('targets: { web: 19, next: 1 }')).toBeCloseTo(0.05, 3)
  })

  it('are those of the instances where targets have no numbers', async () => {
    expect(await sharesOf('targets: [web, next]')).toBeCloseTo(0.25, 3)
  })

  it.each(['weighted-round-robin', 'least-outstanding'])('are by `weight` of an instance with %s', async (choice) => {
    const weighed = `web: { type: service, instances: [{ weight: 2 }, { weight: 1 }], endpoints: { get: [{ compute: constant 1ms }] } }, next: ${server}`
    expect(await sharesOf(`choice: ${choice}, targets: [web, next]`, weighed)).toBeCloseTo(0.25, 2)
  })
})

describe('what check says of a balancer', () => {
  const said = (front: string, blocks = `a: ${server}, b: ${server}`, traffic = 'rate: 1/s') => {
    const text = `loadpath: 1
name: a balancer
traffic: { visitors: { ${traffic}, requests: { get: { to: front } } } }
blocks: { front: { type: load-balancer, ${front} }, ${blocks} }
`
    return readDesign(text, catalogue)
      .problems.filter(({ code }) => code !== 'no-network-time')
      .map(({ message, hint }) => `${message}: ${hint}`)
  }
  const several = `a: { type: service, instances: 2, endpoints: { any: [{ compute: 1ms }] } }, b: ${server}`

  it('`weights` by position have a form of today', () => {
    const former = '`weights` by position are a former form'
    expect(said('choice: weighted-round-robin, targets: [a, b], weights: [2, 2, 1]', several)).toEqual([
      `${former}: write \`targets: { a: 4, b: 1 }\`, and remove \`weights\``,
    ])
    expect(said('choice: weighted-round-robin, targets: [a, b], weights: [2, 1, 1]', several)).toEqual([
      `${former}: write \`weight\` in the list \`instances\` of a, and remove \`weights\``,
    ])
  })

  it('a choice by client without sessions, or by key without keys, sends all to one target', () => {
    const client = 'sends all requests of `visitors` to one target: they come from one client'
    const sessions = 'add `sessions: 10k` to visitors: each session is a client'
    expect(said('targets: [a, b], choice: source-hash')).toEqual([`\`source-hash\` ${client}: ${sessions}`])
    expect(said('targets: [a, b], sticky: cookie')).toEqual([`\`sticky\` ${client}: ${sessions}`])
    expect(said('targets: [a, b], sticky: cookie', undefined, 'rate: 1/s, sessions: 10')).toEqual([])
    expect(said('targets: [a, b], choice: maglev')).toEqual([
      '`maglev` sends all calls to one target: requests have no key: add a key to the requests, for example `key: zipf 0.9 over 50k`',
    ])
  })

  it('fields that exclude each other or change nothing', () => {
    expect(said('targets: { a: 0, b: 0 }')).toEqual([
      'all targets have the weight 0: give one of them a weight, for example `1`',
    ])
    expect(said('targets: [a, b], slow-start: 10s')).toEqual([
      '`slow-start` has no effect: no target is ever taken out: add `health-check: 1s` or `ejection: 5`',
    ])
    expect(said('targets: [a, b], sticky: cookie, per-target: 2', undefined, 'rate: 1/s, sessions: 10')).toEqual([
      '`per-target` and `sticky` exclude each other: remove one of them',
    ])
    expect(said('targets: [a, b], choice: { type: maglev, entries: 100 }')[0]).toBe(
      '`entries` is 100, which is no prime number: write `entries: 101`',
    )
  })
})
