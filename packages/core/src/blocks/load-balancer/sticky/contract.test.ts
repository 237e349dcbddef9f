import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../../explain/testing-chosen.ts'
import { Bindings } from './bindings.ts'
import { stickies } from './index.ts'
import type { StickyValues } from './sticky.ts'

const call = (client: number) => ({ key: 1, session: 1, client, priority: 5 })

describe.each(stickies.members.map((member) => [member.name, member] as const))('%s', (_name, member) => {
  const values = chosenAsItSays(member).values as unknown as StickyValues
  const bound = (own: Partial<StickyValues> = {}) => {
    const bindings = new Bindings(member, { ...values, ...own })
    bindings.bind(call(1), 3, 0)
    return bindings
  }

  it('keeps a client at its target, and leaves the others free', () => {
    const bindings = bound()
    expect([bindings.targetOf(call(1), 1e9), bindings.targetOf(call(2), 1e9)]).toEqual([3, -1])
  })

  it('frees a client that was silent for longer than `for`', () => {
    const bindings = bound({ for: 1000 })
    const targets = [1000, 2000, 3001].map((nowMs) => bindings.targetOf(call(1), nowMs))
    expect(targets).toEqual([3, 3, -1])
  })

  it('moves a client that is bound to another target', () => {
    const bindings = bound()
    bindings.bind(call(1), 2, 10)
    expect(bindings.targetOf(call(1), 20)).toBe(2)
  })

  it('sends a client to the others when its target is down, unless told to refuse', () => {
    expect([bound().refusesWhenDown, bound({ 'when-down': 'refuse' }).refusesWhenDown]).toEqual([false, true])
  })
})

it('a crash of the balancer empties its table, and no cookie', () => {
  const isLost = (name: string) => stickies.get(name).isLostWithBalancer
  expect([isLost('cookie'), isLost('source')]).toEqual([false, true])
})
