import type { Answer } from '@loadpath/core'
import { expect, test } from 'vitest'
import { printCaches } from './caches.ts'
import { plain } from './page.ts'

/** A cache with what it counted. */
function answerWith(name: string, counters: Readonly<Record<string, number>>): Answer {
  const counted = Object.entries(counters).map(([counter, count]) => ({ name: counter, count }))
  const hitRatio = { sufficient: true, point: 0.5, low: 0.4, high: 0.6, confidence: 0.95, replications: 10 }
  return { blocks: [{ name, hitRatio, age: null, counters: counted }] } as unknown as Answer
}

test('a count of one is in the singular', () => {
  const answer = answerWith('pages', {
    ...{ 'acknowledged-lost': 1, acknowledged: 1, coalesced: 1, written: 1, joined: 1, renewed: 1, invalidated: 1 },
    ...{
      'invalidations-lost': 1,
      'past-the-cache': 1,
      uncached: 1,
      uploads: 1,
      'bytes-uploaded': 1024,
      'uploads-lost': 1,
    },
    ...{ 'uploads-without-room': 1, 'bytes-out': 2048 },
    ...{ 'bytes-from-origin': 1536, 'bytes-fetched': 1024, 'origin-calls': 3, fetches: 1 },
  })
  expect(
    printCaches(answer, { width: 100, colours: plain })
      .slice(3)
      .map((line) => line.replaceAll('\u00a0', ' ')),
  ).toEqual([
    '  pages: 1 of 1 acknowledged write was lost',
    '  pages: 1 write to the origin for 1 acknowledged',
    '  pages: 1 miss joined a load in progress',
    '  pages: 1 entry reloaded in the background',
    '  pages: 1 entry invalidated by changes',
    '  pages: 1 invalidation message lost',
    '  pages: 1 call bypassed the cache while it was down',
    '  pages: 1 call passed uncached: endpoints that write or publish',
    '  pages: 1 upload of 1 KiB',
    '  pages: 1 upload lost',
    '  pages: 1 upload rejected for lack of room',
    '  pages: 2 KiB sent to users, 1 KiB fetched from the origin in 1 call',
    '  pages: 1 write passed to the origin',
    '  pages: 512 B from the origin for calls that passed uncached',
  ])
})

test.each([40, 60, 80])('lines below the table fit into %i columns', (width) => {
  const answer = answerWith('a-cache-with-a-rather-long-name', {
    ...{ 'acknowledged-lost': 123_456, acknowledged: 12_345_678, 'bytes-out': 5e12, 'bytes-fetched': 3e11 },
    ...{ 'origin-calls': 1_234_567, fetches: 1_234_567, 'not-modified': 1000 },
  })
  const lines = printCaches(answer, { width, colours: plain })
  expect(lines.filter((line) => line.length > width)).toEqual([])
  expect(lines.join(' ').replace(/\s+/g, ' ')).toContain('in 1,234,567 calls')
})

test('a cache of data that never changes is marked so; a buffer pool is not', () => {
  const [cache] = answerWith('pages', { loads: 3, joined: 1 }).blocks
  const [pool] = answerWith('store', { hits: 3 }).blocks
  const lines = printCaches({ blocks: [cache, pool] } as unknown as Answer, { width: 80, colours: plain })
  expect(
    lines.filter((line) => / (pages|store) /.test(line)).map((line) => line.includes('data never changes')),
  ).toEqual([true, false])
})
