import { expect } from 'vitest'
import type { Values } from '../support/params.ts'
import type { Protocol } from './protocol.ts'
import { TestingWorld } from './testing-host.ts'

/** A protocol with its values, for so many members. */
export interface Group {
  readonly protocol: Protocol
  readonly values: Values<Protocol['params']>
  readonly members: number
}

/** Longest time of a message, of a fence and of a record in the random schedules, ms: `every` is 1000. */
const slowest = { messageMs: 4000, messageWhenWholeMs: 100, fenceMs: 150, persistMs: 50 }
/** How long what is switched off stays so, ms. */
const repairMs = 2000
/** Trouble lasts so long, ms. */
const troubleMs = 60_000

/** A world with random trouble up to a moment, in which all is well and everyone up from then on. */
export function troubledWorld(seed: number, { protocol, values, members }: Group): TestingWorld {
  const world = new TestingWorld(seed, members, (host) => protocol.create(values, host))
  const { conditions, random } = world
  const below = (count: number) => Math.floor(random.next() * count)
  const isLate = random.next() * 0.3
  conditions.delayMs = () => random.next() * (random.next() < isLate ? slowest.messageMs : slowest.messageWhenWholeMs)
  conditions.loss = random.next() * 0.4
  conditions.repeated = 0.1
  conditions.persistMs = slowest.persistMs
  conditions.fenceMs = 1 + random.next() * (slowest.fenceMs - 1)
  conditions.fencingWorks = random.next() < 0.8
  const acts: readonly ((member: number, other: number) => void)[] = [
    (member) => world.crash(member),
    (member) => world.start(member),
    (member) => world.pause(member),
    (member) => world.resume(member),
    (member, other) => world.cut(member, other),
    (member, other) => {
      world.cut(member, other)
      world.cut(other, member)
    },
    () => world.join(),
    () => {
      conditions.fencingWorks = !conditions.fencingWorks
    },
  ]
  for (let i = 0; i < 30; i++) {
    const [act, member, other] = [acts[below(acts.length)], below(members), below(members)]
    world.at(random.next() * troubleMs, () => act?.(member, other))
  }
  world.at(troubleMs, () => endTrouble(world, members))
  return world
}

function endTrouble(world: TestingWorld, members: number): void {
  const { conditions, random } = world
  conditions.delayMs = () => random.next() * slowest.messageWhenWholeMs
  conditions.loss = 0
  conditions.fencingWorks = true
  world.join()
  for (let member = 0; member < members; member++) {
    world.resume(member)
    repair(world, member)
  }
}

/** Starts a member again and again, a while after it has stopped. */
function repair(world: TestingWorld, member: number): void {
  world.start(member)
  world.after(repairMs, () => repair(world, member))
}

/** When exactly one member must be active after the trouble, and stay so, ms. */
function settledMs({ protocol, values, members }: Group): number {
  const silenceMs = protocol.takeoverMs?.(values, members) ?? 0
  // What was under way arrives; then somebody takes over, perhaps by switching all others off; then one of them fails back.
  const onceMs = silenceMs + slowest.fenceMs + repairMs + 1000 + 4 * slowest.messageWhenWholeMs + slowest.persistMs
  return troubleMs + slowest.messageMs + 3 * onceMs
}

/** Runs one random schedule, and calls `look` after everything that happens in it. */
export function runSchedule(seed: number, group: Group, look: (world: TestingWorld) => void): TestingWorld {
  const world = troubledWorld(seed, group)
  world.look = () => look(world)
  world.runUntil(settledMs(group))
  return world
}

/** Fails unless exactly one member stays active from when the trouble is over, and holds the address. */
export function expectOneActive(seed: number, group: Group): void {
  const world = runSchedule(seed, group, () => {})
  const { active } = world
  expect(active, `seed ${seed}`).toHaveLength(1)
  world.look = () => expect(world.active, `seed ${seed}`).toEqual(active)
  world.runUntil(settledMs(group) + 30_000)
  expect(world.holder, `seed ${seed}`).toBe(active[0])
}

/** Fails if two members are active at any moment. */
export function expectNeverTwo(seed: number, group: Group): void {
  runSchedule(seed, group, (world) => {
    expect(world.active.length, `active at ${world.nowMs} ms, seed ${seed}`).toBeLessThanOrEqual(1)
  })
}
