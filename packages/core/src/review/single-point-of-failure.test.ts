import { expect, it } from 'vitest'
import { catalogue } from '../experiment/catalogue.ts'
import { readDesign } from '../language/index.ts'
import { review } from './review.ts'

/** What is said of a cache that every request needs. */
function notesOn(album: string): readonly (readonly string[])[] {
  const { design, places } = readDesign(
    `loadpath: 1
name: an album
traffic: { visitors: { rate: 10/s, requests: { view: { to: album.read, key: uniform over 100 } } } }
blocks:
  album: { type: cache, of: photos, capacity: 10, ttl: 1m, ${album} }
  photos: { type: database }
`,
    catalogue,
  )
  if (design === undefined || places === undefined) throw new Error('the design is refused')
  return review([{ design, places }])
    .filter(({ rule, place }) => rule === 'single-point-of-failure' && place.path === 'album')
    .map(({ severity, what, remedy }) => [severity, what, remedy])
}

const one = [
  'note',
  '`album` is one instance, and `view` cannot do without it',
  'add an instance (`instances: 2`, `when-down: others`), or write `when-down: origin`, or accept this',
]

it.each([
  ['', [one]],
  ['when-down: others', [one]],
  ['when-down: origin', []],
  ['instances: 2, when-down: others', []],
  ['instances: 2, when-down: origin', []],
  [
    'instances: 4',
    [
      [
        'note',
        '`album` has 4 instances, each with keys of its own, which are rejected while it is down, and `view` cannot do without it',
        'write `when-down: others` or `when-down: origin`, or accept this',
      ],
    ],
  ],
])('a cache with "%s" is a single point, or none', (album, expected) => {
  expect(notesOn(album)).toEqual(expected)
})
