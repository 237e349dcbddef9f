import { expect } from 'vitest'

/** What every member of a family keeps, by name. A promise throws where it is broken. */
export type Promises<Kept extends readonly unknown[]> = Readonly<Record<string, (...kept: Kept) => void>>

/** A member that is wrong on purpose: the promise that must catch it, and its mistake in words. */
export type WrongMember<Member> = readonly [promise: string, mistake: string, member: Member]

/** Fails unless each promise is broken by at least one wrong member, and each wrong member names a promise. */
export function expectEachBroken(promises: Promises<never>, wrong: readonly WrongMember<unknown>[]): void {
  expect([...new Set(wrong.map(([promise]) => promise))].sort()).toEqual(Object.keys(promises).sort())
}

/** Fails unless the promise of this name is broken by an expectation; a crash of a wrong member is not enough. */
export function expectBroken<Kept extends readonly unknown[]>(
  promises: Promises<Kept>,
  promise: string,
  ...kept: Kept
): void {
  expect(() => promises[promise]?.(...kept)).toThrow(/expected |Property failed/)
}
