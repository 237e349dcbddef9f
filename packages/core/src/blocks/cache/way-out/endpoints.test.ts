import { expect, it } from 'vitest'
import { catalogue } from '../../../experiment/catalogue.ts'
import { readDesign } from '../../../language/read-design.ts'

const endpoints =
  '{ page: [{ call: front-page.any }], image: [{ respond: 1MB }], post: [{ call: db.write }], buy: [{ call: shop.order }] }'

function read(setting: {
  readonly edge?: string
  readonly to?: string
  readonly web?: string
  readonly more?: string
}) {
  const { edge = 'type: cdn, of: web', to = 'edge.page', web = endpoints, more = '' } = setting
  const { design, problems } = readDesign(
    `loadpath: 1
name: an edge
traffic: { users: { rate: 1/s, requests: { get: { to: ${to}, key: uniform over 9 } } } }
blocks:
  edge: { capacity: 9, ${edge} }
  web: { type: service, endpoints: ${web} }
  front-page: { type: service, endpoints: { any: [{ call: db.read }] } }
  shop: { type: service, endpoints: { order: [{ publish: orders }] } }
  orders: { type: queue, workers: { compute: 1ms } }
  db: { type: database }
${more}
`,
    catalogue,
  )
  const found = problems.filter(({ severity }) => severity === 'error')
  const kept = design?.blocks.find(({ name }) => name === 'edge')?.values.endpoints
  return { found, kept }
}

const web = [
  { name: 'buy', isCached: false },
  { name: 'image', isCached: true },
  { name: 'page', isCached: true },
  { name: 'post', isCached: false },
]

it.each([
  ['a service', {}],
  ['a balancer', { edge: 'type: cache, of: front', more: '  front: { type: load-balancer, targets: web }' }],
  [
    'a link to a cache',
    {
      edge: 'type: cache, of: wire',
      more: '  wire: { type: link, to: near }\n  near: { type: cache, of: web, capacity: 1 }',
    },
  ],
])('keeps what the endpoints behind %s answer that do not write or publish, at whatever remove', (_, setting) => {
  expect(read(setting)).toEqual({ found: [], kept: web })
})

it.each([
  ['an endpoint is named', { edge: 'type: cache, of: web.page', to: 'edge.read' }],
  ['there is one for any request', { web: '{ any: [{ compute: 1ms }], image: [{ respond: 1MB }] }', to: 'edge.read' }],
  ['there is a read', { web: '{ read: [{ compute: 1ms }], image: [{ respond: 1MB }] }', to: 'edge.read' }],
  ['it is a database', { edge: 'type: cache, of: db', to: 'edge.read' }],
])('reads and writes where %s', (_, setting) => {
  expect(read(setting)).toEqual({ found: [], kept: undefined })
})

it.each(['edge', 'edge.read'])('tells a request to %s which endpoints there are', (to) => {
  const [problem] = read({ to }).found
  expect(problem?.code).toBe('unknown-operation')
  expect(problem?.expected).toBe('`edge.buy`, `edge.image`, `edge.page` or `edge.post`')
})

it.each([
  [
    { web: '{ post: [{ call: db.write }] }', to: 'edge.post' },
    'edge.of',
    'every endpoint of `web` writes or publishes, and passes uncached',
  ],
  [
    { edge: 'type: cdn, of: web, content: push' },
    'edge.content',
    '`content: push` needs one endpoint, and the CDN is in front of all endpoints of `web`',
  ],
  [
    { edge: 'type: cache, of: web, update: write-behind' },
    'edge.update',
    '`write-behind` needs one endpoint, and the cache is in front of all endpoints of `web`',
  ],
  [
    { edge: 'type: cache, of: web, writes: cache-aside' },
    'edge.writes',
    '`cache-aside` needs one endpoint, and the cache is in front of all endpoints of `web`',
  ],
])('refuses what has no meaning there: %o', (setting, path, message) => {
  expect(read(setting).found).toMatchObject([{ code: 'conflicting-fields', path, message }])
})

it.each([
  ['link', 'to'],
  ['cache', 'of'],
])('finds the endpoints behind a long chain of blocks of type %s, in time that grows with it', (type, to) => {
  const room = type === 'cache' ? ', capacity: 1' : ''
  const chain = (length: number) =>
    Array.from(
      { length },
      (_, i) => `  l${i}: { type: ${type}, ${to}: ${i === length - 1 ? 'web' : `l${i + 1}`}${room} }`,
    )
  const readChain = (length: number) => read({ edge: 'type: cache, of: l0', more: chain(length).join('\n') })
  expect(readChain(400)).toEqual({ found: [], kept: web })
  expect(readChain(2000).found.map(({ code }) => code)).toEqual(['calls-too-deep'])
})

it('endpoints of a cache are not derived from blocks that call one another in a circle', () => {
  const circle = '  front: { type: load-balancer, targets: [far] }\n  far: { type: cache, of: front, capacity: 9 }'
  expect(read({ edge: 'type: cache, of: front', more: circle }).found.map(({ code }) => code)).toContain(
    'cycle-between-blocks',
  )
})
