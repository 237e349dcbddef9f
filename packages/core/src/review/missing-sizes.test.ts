import { expect, it } from 'vitest'
import { catalogue } from '../experiment/catalogue.ts'
import { readDesign } from '../language/index.ts'
import { review } from './review.ts'

/** Whether the sizes of what a cache keeps are said to be assumed. */
function isAssumed(album: string, endpoints: string): boolean {
  const { design, places } = readDesign(
    `loadpath: 1
name: an album
traffic: { visitors: { rate: 10/s, requests: { view: { to: ${album.includes('.view') ? 'album.read' : 'album'}, key: uniform over 100 }, list: { to: album, key: uniform over 9 } } } }
blocks:
  album: { type: cache, capacity: 10MB, ttl: 1m, ${album} }
  near: { type: cache, of: front, capacity: 10MB, ttl: 1m }
  front: { type: load-balancer, targets: web }
  web: { type: service, instances: 2, endpoints: ${endpoints} }
  photos: { type: database }
`,
    catalogue,
  )
  if (design === undefined || places === undefined) throw new Error('the design is refused')
  return review([{ design, places }]).some(
    ({ rule, place }) => rule === 'missing-sizes' && place.path.startsWith('album'),
  )
}

const said = '{ view: [{ respond: 20KiB }], list: [{ call: photos.read }, { respond: 1KiB }] }'
const oneUnsaid = '{ view: [{ respond: 20KiB }], list: [{ call: photos.read }] }'

it.each([
  ['of: front', said, false],
  ['of: near', said, false],
  ['of: web.view', oneUnsaid, false],
  ['of: front', oneUnsaid, true],
  ['of: photos', said, true],
  ['of: front, object-size: 1KiB', oneUnsaid, false],
])('%s, where the service has %s: %s', (album, endpoints, expected) => {
  expect(isAssumed(album, endpoints)).toBe(expected)
})
