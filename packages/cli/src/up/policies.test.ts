import { setTimeout as pause } from 'node:timers/promises'
import { EvictingCache } from '@loadpath/core/cache/eviction'
import {
  backOffs,
  choices,
  type FullQueue,
  overflows,
  type RandomNumbers,
  type Targets,
  type Trip,
  updates,
} from '@loadpath/core/policies'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, type Origin, serve, serveStore } from './testing-origin.ts'

const opened: Origin[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((origin) => origin.close()))
})

async function open(origin: Promise<Origin>): Promise<Origin> {
  opened.push(await origin)
  return origin
}

/** Park and Miller's generator, CACM 31(10), 1988. */
function randomNumbers(seed: number): RandomNumbers {
  let state = seed
  const next = () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  return { next, below: (count) => Math.floor(next() * count) }
}

/** An HTTP balancer in front of servers at these ports that chooses by a policy of a design. */
function balance(name: string, values: Record<string, number | undefined>, ports: readonly number[]): Promise<Origin> {
  const outstanding = new Int32Array(ports.length)
  const available = [...ports.keys()]
  const targets: Targets = { count: ports.length, weights: ports.map(() => 1), outstanding, available, salt: 1 }
  const chooser = choices.get(name).create(values, targets)
  const random = randomNumbers(1)
  const call = { key: 0, session: 0, client: 0, priority: 5 }
  return serve(async (from, to) => {
    const sentMs = performance.now()
    const target = chooser.choose(call, sentMs, random)
    outstanding[target] = (outstanding[target] as number) + 1
    chooser.onSent?.(target, sentMs)
    const { status, text } = await ask(ports[target] as number, from.url as string)
    outstanding[target] = (outstanding[target] as number) - 1
    const nowMs = performance.now()
    chooser.onDone?.(target, { ok: status === 200, definite: false, tookMs: nowMs - sentMs }, nowMs)
    to.end(text)
  })
}

describe('a choice balances real HTTP requests over three servers, of which one is slow', () => {
  /** Requests at each server after nine clients have requested ten pages each, one after another. */
  async function requestsByServer(
    name: string,
    values: Record<string, number | undefined>,
  ): Promise<readonly number[]> {
    const servers: Origin[] = []
    for (const delayMs of [40, 2, 2]) {
      servers.push(
        await open(
          serve(async (_from, to) => {
            await pause(delayMs)
            to.end('page')
          }),
        ),
      )
    }
    const ports = servers.map(({ port }) => port)
    const front = await open(balance(name, values, ports))
    const client = async () => {
      for (let i = 0; i < 10; i++) expect((await ask(front.port, '/page')).text).toBe('page')
    }
    await Promise.all(Array.from({ length: 9 }, client))
    return servers.map(({ requests }) => requests())
  }

  it('round-robin sends a third to each', async () => {
    expect(await requestsByServer('round-robin', {})).toEqual([30, 30, 30])
  })

  it.each([
    ['least-outstanding', { reports: undefined }],
    ['peak-ewma', { decay: 10_000, choices: 2 }],
  ])('%s sends the slow one less than its share', async (name, values) => {
    const [slow = 0, ...fast] = await requestsByServer(name, values)
    expect(slow + (fast[0] as number) + (fast[1] as number)).toBe(90)
    expect(slow).toBeGreaterThan(0)
    expect(slow).toBeLessThan(24)
  })
})

it('an eviction in front of a real origin has the hits of a list in order of use', async () => {
  const stored = new Map(Array.from({ length: 40 }, (_, key) => [`/${key}`, `object ${key}`]))
  const origin = await open(serveStore(stored))
  const cache = new EvictingCache<string, string>({ capacity: 8, policy: 'lru' })
  const random = randomNumbers(7)
  const inOrderOfUse: string[] = []
  let hits = 0
  let hitsOfList = 0
  for (let i = 0; i < 300; i++) {
    const path = `/${Math.floor(40 * random.next() ** 3)}`
    let text = cache.get(path)
    if (text === undefined) {
      text = (await ask(origin.port, path)).text
      cache.set(path, text)
    } else hits++
    expect(text).toBe(stored.get(path))
    const place = inOrderOfUse.indexOf(path)
    if (place >= 0) hitsOfList++
    inOrderOfUse.splice(place, place >= 0 ? 1 : 0)
    inOrderOfUse.unshift(path)
    inOrderOfUse.splice(8)
  }
  expect(hits).toBe(hitsOfList)
  expect(origin.requests()).toBe(300 - hits)
})

it('a back-off waits between real attempts at a server that is busy at first', async () => {
  let busy = 3
  const arrivedMs: number[] = []
  const server = await open(
    serve((_from, to) => {
      arrivedMs.push(performance.now())
      to.statusCode = busy-- > 0 ? 503 : 200
      to.end()
    }),
  )
  const backOff = backOffs.get('exponential').create({ first: 20, factor: 2, max: 1000, jitter: 'none' })
  let attempt = 1
  let pauseMs = 0
  while ((await ask(server.port, '/')).status === 503) {
    pauseMs = backOff.delayMs(++attempt, 0.5, pauseMs)
    await pause(pauseMs)
  }
  expect(attempt).toBe(4)
  const pauses = arrivedMs.slice(1).map((ms, i) => ms - (arrivedMs[i] as number))
  // A timer of Node may be up to a millisecond early.
  expect(pauses.map((ms, i) => ms >= 20 * 2 ** i - 1)).toEqual([true, true, true])
})

it.each([
  ['reject', ['a', 'b'], ['c', 'd'], []],
  ['drop-oldest', ['c', 'd'], ['a', 'b'], []],
  ['block', ['a', 'b'], [], ['c', 'd']],
])('%s decides about four messages for an array with room for two', (name, kept, lost, held) => {
  const queue: string[] = []
  const gone: string[] = []
  const waiting: string[] = []
  const full: FullQueue<string> = {
    reject: (message) => void gone.push(message),
    replaceOldest(message) {
      gone.push(queue.shift() as string)
      queue.push(message)
    },
    hold: (message) => void waiting.push(message),
  }
  for (const message of ['a', 'b', 'c', 'd']) {
    if (queue.length < 2) queue.push(message)
    else overflows.get(name).full(full, message)
  }
  expect([queue, gone, waiting]).toEqual([kept, lost, held])
})

/** A cache over a `Map`, in front of a real origin, whose reads and writes go the way that an update says. */
class CachedStore {
  readonly entries = new Map<string, string>()
  readonly buffered = new Map<string, string>()
  private readonly port: number

  constructor(port: number) {
    this.port = port
  }

  async go(trips: readonly Trip[], path: string, written?: string): Promise<string | undefined> {
    let value = written
    for (const { trip } of trips) {
      if (trip === 'get' && this.entries.has(path)) return this.entries.get(path)
      if (trip === 'load') value = (await ask(this.port, path)).text
      if (trip === 'forward') await ask(this.port, path, value)
      if (trip === 'put') this.entries.set(path, value as string)
      if (trip === 'delete') this.entries.delete(path)
      if (trip === 'buffer') {
        this.entries.set(path, value as string)
        this.buffered.set(path, value as string)
      }
    }
    return value
  }
}

describe('an update of a cache, over a Map and a real origin', () => {
  it.each([
    // After a read of `old` and a write of `new`: the entry, the origin, the next read, the requests at the origin for all three.
    ['cache-aside', undefined, 'new', 'new', 3],
    ['read-through', undefined, 'new', 'new', 3],
    ['refresh-ahead', undefined, 'new', 'new', 3],
    ['write-through', 'new', 'new', 'new', 2],
    ['write-around', 'old', 'new', 'old', 2],
    ['write-behind', 'new', 'old', 'new', 1],
  ])('%s', async (name, entry, inOrigin, nextRead, requests) => {
    const stored = new Map([['/cart', 'old']])
    const origin = await open(serveStore(stored))
    const { read, write } = updates.get(name)
    const store = new CachedStore(origin.port)
    expect(await store.go(read, '/cart')).toBe('old')
    await store.go(write, '/cart', 'new')
    expect([store.entries.get('/cart'), stored.get('/cart')]).toEqual([entry, inOrigin])
    expect(await store.go(read, '/cart')).toBe(nextRead)
    expect(origin.requests()).toBe(requests)
    expect([...store.buffered]).toEqual(name === 'write-behind' ? [['/cart', 'new']] : [])
  })

  it('is tried for every member', () => {
    expect(updates.names.length).toBe(6)
  })
})
