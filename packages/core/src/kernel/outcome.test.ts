import { describe, expect, it } from 'vitest'
import { blockOf, causeOf, failedAt, ok, reasonByCode, reasonCount, reasonOf, reasons } from './outcome.ts'

const all = Object.values(reasons)
const namesOf = (chosen: readonly { name: string }[]) => chosen.map(({ name }) => name).sort()

describe('an outcome', () => {
  it('an outcome has its reason and its block', () => {
    for (const reason of all) {
      for (const block of [0, 1, 15, 16, 70_000]) {
        const outcome = failedAt(reason, block)
        expect([reasonOf(outcome), blockOf(outcome)]).toEqual([reason, block])
        expect(outcome).not.toBe(ok)
      }
    }
    expect(reasonOf(ok)).toBeUndefined()
  })
})

describe('the reasons', () => {
  it('are found by their codes, which fit beside a block', () => {
    expect(reasonByCode.map((reason) => reason?.code)).toEqual([undefined, ...all.map((_, i) => i + 1)])
    expect(reasonCount).toBe(all.length + 1)
    expect(Math.max(...all.map(({ code }) => code))).toBeLessThan(64)
  })
  it('are each named and told', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    for (const { name, meaning } of all) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(meaning.length, name).toBeGreaterThan(10)
    }
  })
  it('complete a sentence with the block', () => {
    for (const { name } of all) expect(causeOf(name, 'web'), name).toMatch(/\bweb\b/)
    // Of a hang, too: it ends with a restart.
    expect([causeOf('down', 'web'), causeOf('crashed', 'web'), causeOf('queue-full', 'a$&b')]).toEqual([
      'web is down',
      'a crash or restart of web loses them',
      'the queue at a$&b is full',
    ])
  })
  it('are definite only where nothing can have happened', () => {
    // Turned away before any work, or dropped from a queue; in all other cases work may have been done.
    expect(namesOf(all.filter(({ definite }) => definite))).toEqual([
      'breaker-open',
      'bulkhead-full',
      'down',
      'dropped',
      'in-progress',
      'no-healthy-target',
      'pool-full',
      'pool-timed-out',
      'queue-full',
      'rate-limited',
      'shed',
      'too-late',
      'too-many-connections',
    ])
  })
  it('stand in one column of the ledger', () => {
    const of = (column: string) => namesOf(all.filter(({ ledger }) => ledger === column))
    expect(of('rejected')).toEqual([
      'breaker-open',
      'bulkhead-full',
      'down',
      'in-progress',
      'no-healthy-target',
      'pool-full',
      'queue-full',
      'rate-limited',
      'shed',
      'too-many-connections',
    ])
    expect(of('timed-out')).toEqual(['cancelled', 'pool-timed-out', 'timed-out', 'too-late'])
    expect(of('lost')).toEqual(['crashed', 'dropped', 'failed', 'lost'])
  })
})
