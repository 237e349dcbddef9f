import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../../explain/testing-chosen.ts'
import { expectBroken, expectEachBroken, type Promises, type WrongMember } from '../../../support/testing-promises.ts'
import { type Choice, choice } from './choice.ts'
import { choices } from './index.ts'
import { leastOutstanding } from './least-outstanding.ts'
import { random } from './random.ts'
import { roundRobin } from './round-robin.ts'
import { TestingTargets } from './testing-targets.ts'
import { weightedRoundRobin } from './weighted-round-robin.ts'

/** Targets of these weights, and a choice among them as its own example writes it. */
function targetsOf(member: Choice, weights: readonly number[], salt = 1): TestingTargets {
  return new TestingTargets(member, chosenAsItSays(member).values, weights, salt)
}

/** Calls to each target in so many layouts together: a ring of one layout is uneven. */
function countsIn(
  member: Choice,
  weights: readonly number[],
  send: (targets: TestingTargets) => readonly number[],
): readonly number[] {
  const layouts = Array.from({ length: 20 }, (_, salt) => targetsOf(member, weights, salt))
  return layouts
    .map((targets) => targets.countsOf(send(targets)))
    .reduce((sum, counts) => sum.map((count, i) => count + (counts[i] as number)))
}

/** Counts are in proportion to the shares, within four standard deviations of a random choice. */
function expectShares(counts: readonly number[], shares: readonly number[]): void {
  const calls = counts.reduce((sum, count) => sum + count, 0)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  counts.forEach((count, target) => {
    const share = (shares[target] as number) / whole
    expect(Math.abs(count - calls * share)).toBeLessThanOrEqual(4 * Math.sqrt(calls * share * (1 - share)))
  })
}

const weights = [3, 1, 0, 2]

/** What every choice keeps, by name. */
const promises: Promises<[member: Choice]> = {
  'sends equal targets equally many calls, each answered before the next'(member) {
    const equal = [1, 1, 1, 1, 1, 1]
    expectShares(
      countsIn(member, equal, (targets) => targets.sendAndAnswer(300)),
      equal,
    )
  },

  'sends equal targets equally many calls, none of them answered'(member) {
    const equal = [1, 1, 1, 1, 1, 1]
    expectShares(
      countsIn(member, equal, (targets) => Array.from({ length: 300 }, () => targets.send())),
      equal,
    )
  },

  'sends each of four equal targets one of any 60 calls in a row'(member) {
    // A random choice leaves out one of them with probability 4 · 0.75⁶⁰ = 1.3e-7.
    const chosen = targetsOf(member, [1, 1, 1, 1]).sendAndAnswer(6000)
    for (let from = 0; from < chosen.length; from += 60)
      expect(new Set(chosen.slice(from, from + 60))).toEqual(new Set([0, 1, 2, 3]))
  },

  'obeys weights if it says that it weighs, and never looks at them otherwise'(member) {
    const targets = targetsOf(member, weights)
    const chosen = targets.sendAndAnswer(6000)
    if (member.weighs === true) expectShares(targets.countsOf(chosen), weights)
    else expect(chosen).toEqual(targetsOf(member, [1, 1, 1, 1]).sendAndAnswer(6000))
  },

  'never chooses a target that is not available, whatever comes, goes and is answered'(member) {
    const act = fc.oneof(
      fc.record({ available: fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1 }) }),
      fc.record({ answered: fc.integer({ min: 0, max: 4 }) }),
      fc.constant('send'),
      fc.constant('send'),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
        const targets = targetsOf(member, [1, 1, 1, 1, 1])
        for (const one of acts) {
          if (one === 'send') expect(targets.available).toContain(targets.send())
          else if (typeof one === 'object' && 'answered' in one) targets.answer(one.answered)
          else if (typeof one === 'object') targets.makeAvailable([...one.available].sort())
        }
      }),
    )
  },

  'shares the calls of a target that is gone among all others, by weight if it weighs'(member) {
    const counts = countsIn(member, weights, (targets) => {
      targets.makeAvailable([0, 2, 3])
      return targets.sendAndAnswer(300)
    })
    expectShares(counts, member.weighs === true ? [3, 0, 0, 2] : [1, 0, 1, 1])
  },

  'sends a target that is back no more and no less than the others'(member) {
    const counts = countsIn(member, [1, 1, 1], (targets) => {
      targets.makeAvailable([0, 2])
      targets.sendAndAnswer(300)
      targets.makeAvailable([0, 1, 2])
      return targets.sendAndAnswer(300)
    })
    expectShares(counts, [1, 1, 1])
  },

  'chooses alike with common random numbers, whatever another balancer does in the meantime'(member) {
    const chosen = (other?: TestingTargets) => {
      const targets = targetsOf(member, [1, 1, 1, 1])
      return Array.from({ length: 200 }, (_each, i) => {
        if (i % 3 === 2) targets.answer(i % 4)
        if (i % 3 === 1) other?.send()
        return targets.send()
      })
    }
    expect(chosen(targetsOf(member, [1, 1, 1]))).toEqual(chosen())
  },

  'changes nothing that it is shown'(member) {
    const targets = targetsOf(member, weights)
    const seen = () => structuredClone(targets.shown)
    targets.makeAvailable([3, 1, 0])
    for (let i = 0; i < 50; i++) {
      const before = seen()
      targets.choose()
      expect(seen()).toEqual(before)
      targets.send()
    }
  },
}

describe.each(choices.members.map((member) => [member.name, member] as const))('%s', (_name, member) => {
  it.each(Object.entries(promises))('%s', (_promise, keep) => keep(member))
})

let turnOfAll = 0

/** Choices that are wrong on purpose, each with the promise that must catch it. */
const wrong: readonly WrongMember<Choice>[] = [
  [
    'sends equal targets equally many calls, each answered before the next',
    'leaves out the last target',
    choice({
      ...random,
      create: (_values, targets) => ({
        choose: (_call, _nowMs, stream) => stream.below(Math.max(1, targets.available.length - 1)),
      }),
    }),
  ],
  [
    'sends equal targets equally many calls, none of them answered',
    'takes the target with the most calls outstanding',
    choice({
      ...leastOutstanding,
      create(_values, targets) {
        const calls = (target: number) => targets.outstanding[target] as number
        return {
          choose(_call, _nowMs, stream) {
            const most = Math.max(...targets.available.map(calls))
            const busiest = targets.available.filter((target) => calls(target) === most)
            return busiest[stream.below(busiest.length)] as number
          },
        }
      },
    }),
  ],
  [
    'sends each of four equal targets one of any 60 calls in a row',
    'stays with a target for a thousand calls',
    choice({
      ...roundRobin,
      create(_values, targets) {
        let calls = 0
        return {
          choose: () => targets.available[Math.floor(calls++ / 1000) % targets.available.length] as number,
        }
      },
    }),
  ],
  [
    'obeys weights if it says that it weighs, and never looks at them otherwise',
    'says that it weighs and takes all in turn',
    choice({ ...roundRobin, weighs: true }),
  ],
  [
    'obeys weights if it says that it weighs, and never looks at them otherwise',
    'weighs and does not say so',
    choice({ ...roundRobin, create: (_values, targets) => weightedRoundRobin.create({}, targets) }),
  ],
  [
    'never chooses a target that is not available, whatever comes, goes and is answered',
    'does not hear that a target is gone',
    choice({
      ...random,
      create: (_values, targets) => ({ choose: (_call, _nowMs, stream) => stream.below(targets.count) }),
    }),
  ],
  [
    'shares the calls of a target that is gone among all others, by weight if it weighs',
    'gives the calls of a target that is gone to the next one',
    choice({
      ...roundRobin,
      create(_values, targets) {
        let calls = 0
        return {
          choose() {
            let target = calls++ % targets.count
            while (!targets.available.includes(target)) target = (target + 1) % targets.count
            return target
          },
        }
      },
    }),
  ],
  [
    'sends a target that is back no more and no less than the others',
    'lets a target that is back catch up',
    choice({
      ...roundRobin,
      create(_values, targets) {
        const sent = new Int32Array(targets.count)
        const fewest = (one: number, other: number) => ((sent[other] as number) < (sent[one] as number) ? other : one)
        return {
          choose: () => targets.available.reduce(fewest),
          onSent(target) {
            sent[target] = (sent[target] as number) + 1
          },
        }
      },
    }),
  ],
  [
    'chooses alike with common random numbers, whatever another balancer does in the meantime',
    'has one turn for all balancers',
    choice({
      ...roundRobin,
      create: (_values, targets) => ({
        choose: () => targets.available[turnOfAll++ % targets.available.length] as number,
      }),
    }),
  ],
  [
    'changes nothing that it is shown',
    'counts the call itself',
    choice({
      ...roundRobin,
      create(_values, targets) {
        const inTurn = roundRobin.create({}, targets)
        return {
          choose(call, nowMs, stream) {
            const target = inTurn.choose(call, nowMs, stream)
            targets.outstanding[target] = (targets.outstanding[target] as number) + 1
            return target
          },
        }
      },
    }),
  ],
]

it('every promise has a member that breaks it', () => expectEachBroken(promises, wrong))

it.each(wrong)('"%s" catches a choice that %s', (promise, _mistake, member) => {
  expectBroken(promises, promise, member)
})
