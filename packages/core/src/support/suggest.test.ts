import { describe, expect, it } from 'vitest'
import { didYouMean, listWords, nearest } from './suggest.ts'

describe('nearest', () => {
  it.each([
    ['capcity', 'capacity'],
    ['cpaacity', 'capacity'],
    ['utilization', 'utilisation'],
    ['behavior', 'behaviour'],
    ['canceled', 'cancelled'],
    ['center', 'centre'],
    ['cache_aside', 'cache-aside'],
    ['LRU', 'lru'],
  ])('%s means %s', (word, meant) => {
    expect(nearest(word, ['zipf', meant, 'unlimited'])).toBe(meant)
  })

  it.each(['x', 'database', ''])('%s is near to nothing', (word) => {
    expect(nearest(word, ['capacity', 'eviction'])).toBeUndefined()
  })

  it('is quick for hostile words', () => {
    const words = Array.from({ length: 100_000 }, (_, index) => `${'a'.repeat(60)}${index}`)
    expect(nearest('a'.repeat(1_000_000), words)).toBeDefined()
  })
})

it('writes lists as one reads them', () => {
  expect(listWords([])).toBe('')
  expect(listWords(['a'])).toBe('`a`')
  expect(listWords(['a', 'b', 'c'])).toBe('`a`, `b` or `c`')
  expect(listWords(Array.from({ length: 22 }, () => 'a'))).toMatch(/ and 2 more$/)
  expect(didYouMean('b', ['xyz'])).toBeUndefined()
})
