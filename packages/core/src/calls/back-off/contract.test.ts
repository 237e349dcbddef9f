import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../explain/testing-chosen.ts'
import { readValue } from '../../language/read-value.ts'
import type { BackOff } from '../../support/back-off.ts'
import { type Chosen, policy } from '../../support/params.ts'
import { expectBroken, expectEachBroken, type Promises, type WrongMember } from '../../support/testing-promises.ts'
import type { BackOffPolicy, PauseExample } from './back-off.ts'
import { exponential } from './exponential.ts'
import { backOffs } from './index.ts'

const family = policy({ meaning: 'pause', family: backOffs })
const uniform = fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true })

function created(text: string) {
  const { name, values } = readValue(text, family, 'test').value as Chosen
  return backOffs.get(name).create(values)
}

/** The pause before an attempt if the same number is drawn before each. */
function pauseMs(backOff: BackOff, attempt: number, drawn: number): number {
  let previousMs = 0
  for (let i = 2; i <= attempt; i++) previousMs = backOff.delayMs(i, drawn, previousMs)
  return previousMs
}

/** The pauses before the second, third and further attempts. */
function pausesMs(member: BackOffPolicy, { values = {}, draw, pausesMs: expected }: PauseExample): readonly number[] {
  const given = valuesOf(member, values)
  return expected.map((_, i) => pauseMs(member.create(given), i + 2, draw))
}

/** Its defaults, and these values in their place. */
function valuesOf(member: BackOffPolicy, values: Readonly<Record<string, unknown>>) {
  return { ...chosenAsItSays(member).values, ...values } as never
}

/** What every back-off keeps, by name. */
const promises: Promises<[member: BackOffPolicy]> = {
  'pauses as its worked examples say'(member) {
    expect(member.examples.length).toBeGreaterThan(0)
    for (const example of member.examples)
      expect(pausesMs(member, example)).toEqual(example.pausesMs.map((expected) => expect.closeTo(expected, 9)))
  },

  'has a worked example that stays at `max`, if it has a `max`'(member) {
    const staysAtMost = ({ values = {}, pausesMs: expected }: PauseExample) =>
      expected.length > 2 && expected.at(-1) === expected.at(-2) && expected.at(-1) !== expected[0] && 'max' in values
    expect('max' in member.params ? member.examples.some(staysAtMost) : true).toBe(true)
  },

  'gives every attempt a finite pause that is not negative, and the same one each time'(member) {
    const backOff = member.create(valuesOf(member, {}))
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), uniform, (attempt, drawn) => {
        const delayMs = pauseMs(backOff, attempt, drawn)
        expect(Number.isFinite(delayMs)).toBe(true)
        expect(delayMs).toBeGreaterThanOrEqual(0)
        expect(pauseMs(backOff, attempt, drawn)).toBe(delayMs)
      }),
    )
  },

  'never pauses for less before a later attempt under the same draw, or for less under a larger draw'(member) {
    const backOff = member.create(valuesOf(member, {}))
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 19 }), uniform, uniform, (attempt, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(pauseMs(backOff, attempt + 1, low)).toBeGreaterThanOrEqual(pauseMs(backOff, attempt, low))
        expect(pauseMs(backOff, attempt, high)).toBeGreaterThanOrEqual(pauseMs(backOff, attempt, low))
      }),
    )
  },
}

describe.each(backOffs.members.map((member) => [member.name, member] as const))('%s', (_name, member) => {
  it.each(Object.entries(promises))('%s', (_promise, keep) => keep(member))
})

/** An exponential back-off whose pauses are changed. */
function changed(change: (delayMs: number, attempt: number) => number): BackOffPolicy {
  const create: typeof exponential.create = (values) => {
    const right = exponential.create(values)
    return { delayMs: (attempt, drawn, previousMs) => change(right.delayMs(attempt, drawn, previousMs), attempt) }
  }
  return { ...exponential, create } as BackOffPolicy
}

let pauses = 0
const asExamples = 'pauses as its worked examples say'

/** Back-offs that are wrong on purpose, each with the promise that must catch it. */
const wrong: readonly WrongMember<BackOffPolicy>[] = [
  [asExamples, 'never pauses', changed(() => 0)],
  [asExamples, 'takes seconds for ms', changed((delayMs) => delayMs / 1000)],
  [
    asExamples,
    'has no longest pause',
    { ...exponential, create: (values: never) => exponential.create({ ...(values as object), max: 1e9 } as never) },
  ],
  [
    asExamples,
    'is one attempt ahead',
    {
      ...exponential,
      create(values: never) {
        const right = exponential.create(values)
        return { delayMs: (attempt: number, drawn: number) => right.delayMs(attempt + 1, drawn, 0) }
      },
    },
  ],
  [
    'has a worked example that stays at `max`, if it has a `max`',
    'does not say where it ends',
    { ...exponential, examples: exponential.examples.slice(1) } as BackOffPolicy,
  ],
  [
    'gives every attempt a finite pause that is not negative, and the same one each time',
    'counts the pauses of all callers',
    changed((delayMs) => delayMs + pauses++),
  ],
  [
    'never pauses for less before a later attempt under the same draw, or for less under a larger draw',
    'pauses for less each time',
    changed((_delayMs, attempt) => 1000 / attempt),
  ],
]

it('every promise has a member that breaks it', () => expectEachBroken(promises, wrong))

it.each(wrong)('"%s" catches a back-off that %s', (promise, _mistake, member) => {
  expectBroken(promises, promise, member)
})

it.each<[string, number, number, number]>([
  ['none', 5, 0.5, 0],
  ['immediate', 5, 0.5, 0],
  ['{ type: full-jitter, first: 10ms, max: 1s }', 3, 0.25, 5],
  ['{ type: full-jitter, first: 10ms, max: 1s }', 20, 0.25, 250],
  // 10 + 0.5 × (30 − 10) = 20, 10 + 0.5 × (60 − 10) = 35, 10 + 0.5 × (105 − 10) = 57.5.
  ['{ type: decorrelated, first: 10ms, max: 1s }', 4, 0.5, 57.5],
  ['{ type: decorrelated, first: 10ms, max: 40ms }', 4, 0.5, 40],
  ['constant 30ms', 2, 0.9, 30],
  ['constant 30ms', 9, 0.1, 30],
  ['{ type: exponential, first: 10ms, factor: 3, max: 1s, jitter: none }', 4, 0.5, 90],
  ['{ type: exponential, first: 10ms, factor: 3, max: 1s, jitter: none }', 20, 0.5, 1000],
  ['{ type: exponential, first: 10ms, factor: 2, max: 1s, jitter: full }', 3, 0.25, 5],
  ['{ type: exponential, first: 10ms, factor: 2, max: 1s, jitter: equal }', 3, 0.25, 12.5],
])('%s pauses before attempt %i, for the draw %f, for %f ms', (text, attempt, drawn, expectedMs) => {
  expect(pauseMs(created(text), attempt, drawn)).toBeCloseTo(expectedMs, 9)
})
