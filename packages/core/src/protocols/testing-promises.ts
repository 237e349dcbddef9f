import { expect } from 'vitest'
import type { WrongMember } from '../support/testing-promises.ts'
import { heartbeat } from './heartbeat.ts'
import type { Data, Host, Peer, Protocol } from './protocol.ts'
import { TestingWorld } from './testing-host.ts'
import { expectNeverTwo, expectOneActive, type Group } from './testing-schedules.ts'

type Values = Group['values']

export const heartbeatValues = { every: 1000, fails: 3, fencing: 'none', 'fail-back': 'automatic' }
const fenced = { ...heartbeatValues, fencing: 'required' }

/** The members of a family with the values under which a promise is tried, in groups of two and of three. */
export function groupsOf(protocol: Protocol, values: readonly Values[]): readonly Group[] {
  return values.flatMap((one) => [2, 3].map((members) => ({ protocol, values: one, members })))
}

function worldOf({ protocol, values, members }: Group): TestingWorld {
  const world = new TestingWorld(1, members, (host) => protocol.create(values, host))
  world.conditions.delayMs = (random) => 100 * random.next()
  return world
}

/** Nothing fails, and every message takes 0.1 s at most. */
function expectCalm(group: Group): void {
  const world = worldOf(group)
  world.look = () => expect(world.active).toEqual([0])
  world.runUntil(100_000)
  expect(world.claims.map(({ by }) => by)).toEqual([0])
}

/** The active member crashes at a moment at which it has just sent a heartbeat, or at any other. */
function expectTakeover(group: Group): void {
  const { protocol, values, members } = group
  for (let crashMs = 5000; crashMs < 6000; crashMs += 100) {
    const world = worldOf(group)
    world.runUntil(crashMs)
    world.crash(0)
    // Its last message takes 0.1 s at most, and a fence 1 ms.
    world.runUntil(crashMs + (protocol.takeoverMs?.(values, members) ?? Number.POSITIVE_INFINITY) + 101)
    expect(world.active).toHaveLength(1)
    expect(world.holder).toBe(world.active[0])
  }
}

/** An answer from before a crash arrives after it, while another member is active. */
function expectOldAnswerIgnored(group: Group): void {
  const world = worldOf(group)
  const held: Data[] = []
  world.passes = (_from, to, message) => {
    if (to === 0 && message.says === 'yielded') held.push(message)
    return message.says !== 'yielded'
  }
  world.crash(0)
  world.runUntil(10_000)
  // It is back and asks the active one to yield, whose answer is slow; then it crashes again, and the other takes over.
  world.start(0)
  world.runUntil(12_000)
  expect(world.active).toEqual([])
  world.crash(0)
  world.runUntil(20_000)
  expect(world.active).toEqual([1])
  world.passes = (_from, _to, message) => message.says !== 'yield'
  world.start(0)
  world.runUntil(22_000)
  for (const message of held) world.deliver(1, 0, message)
  expect(held).not.toEqual([])
  expect(world.active).toEqual([1])
}

/** What every fail-over keeps that can take over. */
export const promises: Readonly<Record<string, (protocol: Protocol, seeds: readonly number[]) => void>> = {
  'with fencing no two members are ever active': (protocol, seeds) => {
    for (const group of groupsOf(protocol, [fenced, { ...fenced, 'fail-back': 'none' }]))
      for (const seed of seeds) expectNeverTwo(seed, group)
  },
  'exactly one stays active once all is well': (protocol, seeds) => {
    for (const group of groupsOf(protocol, [heartbeatValues, { ...heartbeatValues, 'fail-back': 'none' }, fenced]))
      for (const seed of seeds) expectOneActive(seed, group)
  },
  'the active member stays active if nothing fails': (protocol) => {
    for (const group of groupsOf(protocol, [heartbeatValues, fenced])) expectCalm(group)
  },
  'another member takes over within its time': (protocol) => {
    for (const group of groupsOf(protocol, [heartbeatValues, fenced])) expectTakeover(group)
  },
  'an answer from before a crash does not count after it': (protocol) => {
    expectOldAnswerIgnored({ protocol, values: fenced, members: 2 })
  },
}

function changed(create: (values: Values, host: Host) => Peer): Protocol {
  return { ...heartbeat, create } as unknown as Protocol
}

const made = (values: Values, host: Host) => heartbeat.create(values as never, host)

/** A member of the group whose peer does some things in another way. */
function withPeer(change: (peer: Peer) => Partial<Peer>): Protocol {
  return changed((values, host) => {
    const peer = made(values, host)
    const own: Peer = {
      get role() {
        return peer.role
      },
      settle: () => peer.settle(),
      begin: (persisted) => peer.begin(persisted),
      onMessage: (from, message) => peer.onMessage(from, message),
      onTimer: (timer) => peer.onTimer(timer),
    }
    return Object.assign(own, change(peer))
  })
}

export const wrong: readonly WrongMember<Protocol>[] = [
  [
    'with fencing no two members are ever active',
    'does not wait until the others have stopped',
    changed((values, host) => made(values, { ...host, fence: (_member, stopped) => stopped() })),
  ],
  [
    'exactly one stays active once all is well',
    'never steps down',
    withPeer((peer) => ({
      onMessage: (from, message) => {
        if (peer.role !== 'active') peer.onMessage(from, message)
      },
    })),
  ],
  [
    'the active member stays active if nothing fails',
    'takes over at once',
    changed((values, host) => made({ ...values, fails: 0 }, host)),
  ],
  [
    'another member takes over within its time',
    'waits one heartbeat more',
    changed((values, host) => made({ ...values, fails: 4 }, host)),
  ],
  [
    'an answer from before a crash does not count after it',
    'numbers its lives without keeping the number',
    withPeer((peer) => ({ begin: () => peer.begin([]) })),
  ],
]

/** Counts an answer again in each of its turns: rare enough that only many schedules show it. */
export const withoutTurns: Protocol = changed((values, host) => {
  let life = 0
  let isAnswered = false
  const peer = made(values, {
    ...host,
    persist(record, persisted) {
      life = Number(record.life)
      host.persist(record, persisted)
    },
    fence: (member, stopped) => (isAnswered ? stopped() : host.fence(member, stopped)),
  })
  return {
    get role() {
      return peer.role
    },
    settle: () => peer.settle(),
    begin: (persisted) => peer.begin(persisted),
    onTimer: (timer) => peer.onTimer(timer),
    onMessage(from, message) {
      isAnswered = message.says === 'yielded' && message.life === life
      if (isAnswered) peer.onTimer('silence')
      else peer.onMessage(from, message)
      isAnswered = false
    },
  }
})
