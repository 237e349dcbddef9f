import type { Answer, BlockAnswer } from '@loadpath/core'
import { bytes, count, estimate } from './number.ts'
import { type Page, plural, prose, safe, section } from './page.ts'
import { type Cell, table } from './table.ts'

/** A table of the caches with their hit ratio and staleness, and notes on rare counters. */
export function printCaches({ blocks }: Answer, page: Page): string[] {
  const caches = blocks.filter(({ hitRatio }) => hitRatio !== null)
  if (caches.every((cache) => cache.age === null && notesOf(cache).length === 0)) return []
  const columns = ['cache', 'hit ratio', 'stale', 'staleness', 'versions behind'].map((heading) => ({ heading }))
  const rows = caches.map((cache): Cell[] => [
    { text: cache.name, paint: page.colours.strong },
    cache.hitRatio === null ? '' : estimate(cache.hitRatio, 'share'),
    ...agesOf(cache),
  ])
  const notes = caches.flatMap((cache) => notesOf(cache).flatMap((note) => prose(`${safe(cache.name)}: ${note}`, page)))
  return section(
    'Caches',
    [...table(columns, rows, { width: page.width, paintHeading: page.colours.quiet }), ...notes],
    page,
  )
}

/** Cells of `stale`, `staleness` and `versions behind`. A buffer pool is never stale, so its cells are empty. */
function agesOf({ age, counters }: BlockAnswer): readonly [string, string, string] {
  if (age === null) return [counters.some(({ name }) => name === 'loads') ? 'data never changes' : '', '', '']
  const stale = estimate(age.stale, 'share')
  const isSome = age.stale.sufficient && age.stale.point > 0
  if (!isSome) return [stale, '', '']
  return [stale, estimate(age.staleness, 'duration'), estimate(age.versionsBehind, 'factor')]
}

/** A sentence for each rare counter that is not zero; totals over all replications. */
function notesOf({ counters }: BlockAnswer): readonly string[] {
  const of = (name: string) => counters.find((counter) => counter.name === name)?.count ?? 0
  const many = (name: string, word: string) => plural(of(name), word, count(of(name)))
  // Counted by content delivery networks only.
  const writes = of('origin-calls') - of('fetches') - of('uncached')
  const bytesPassed = of('bytes-from-origin') - of('bytes-fetched')
  const lines: [number, string][] = [
    [
      of('acknowledged-lost'),
      `${count(of('acknowledged-lost'))} of ${many('acknowledged', 'acknowledged write')} ${of('acknowledged-lost') === 1 ? 'was' : 'were'} lost`,
    ],
    [of('coalesced'), `${many('written', 'write')} to the origin for ${count(of('acknowledged'))} acknowledged`],
    [of('joined'), `${many('joined', 'miss')} joined a load in progress`],
    [of('renewed'), `${many('renewed', 'entry')} reloaded in the background`],
    [of('invalidated'), `${many('invalidated', 'entry')} invalidated by changes`],
    [of('invalidations-lost'), `${many('invalidations-lost', 'invalidation message')} lost`],
    [of('past-the-cache'), `${many('past-the-cache', 'call')} bypassed the cache while it was down`],
    [of('uncached'), `${many('uncached', 'call')} passed uncached: endpoints that write or publish`],
    [of('uploads'), `${many('uploads', 'upload')} of ${bytes(of('bytes-uploaded'))}`],
    [of('uploads-lost'), `${many('uploads-lost', 'upload')} lost`],
    [of('uploads-without-room'), `${many('uploads-without-room', 'upload')} rejected for lack of room`],
    [
      of('bytes-out'),
      `${bytes(of('bytes-out'))} sent to users, ${bytes(of('bytes-fetched'))} fetched from the origin in ${many('fetches', 'call')}`,
    ],
    [writes, `${plural(writes, 'write', count(writes))} passed to the origin`],
    [bytesPassed, `${bytes(bytesPassed)} from the origin for calls that passed uncached`],
    [of('not-modified'), `${many('not-modified', 'fetch')} revalidated an entry that had not changed`],
  ]
  return lines.flatMap(([happened, text]) => (happened > 0 ? [text] : []))
}
