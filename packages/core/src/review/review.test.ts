import { describe, expect, it, test } from 'vitest'
import { catalogue } from '../experiment/catalogue.ts'
import { printProblem, readDesign } from '../language/index.ts'
import { rules } from './index.ts'
import { type Finding, review } from './review.ts'

function readingOf(text: string, variant?: string) {
  const { design, places, problems } = readDesign(text, catalogue, variant === undefined ? {} : { variant })
  expect(problems.map((problem) => printProblem(problem, text))).toEqual([])
  if (design === undefined || places === undefined) throw new Error('the design is refused')
  return { design, places }
}

function reviewed(text: string, variants: readonly string[] = []): readonly Finding[] {
  return review([readingOf(text), ...variants.map((variant) => readingOf(text, variant))])
}

/** Every sample is at one place: that its calls take no time is no finding to look for here. */
const besidesNetwork = (findings: readonly Finding[]) => findings.filter(({ rule }) => rule !== 'no-network-time')

/** Rule, severity, line and column, what. */
const told = (findings: readonly Finding[]) =>
  findings.map(({ rule, severity, place, what }) => `${rule} ${severity} ${place.line}:${place.column} ${what}`)

const rest = (blocks: string, more = '') => `loadpath: 1
name: sample
traffic: { visitors: { rate: 10/s, requests: { view: { to: web } } } }
blocks:
${blocks}${more}`

describe.each(rules.members)('$name', (rule) => {
  const own = (text: string) => reviewed(text).filter((finding) => finding.rule === rule.name)

  it('finds its unwise example, at a place in it', () => {
    const found = own(rule.examples.unwise)
    expect(found.length).toBeGreaterThan(0)
    if (rule.name !== 'no-network-time') expect(found.some(({ severity }) => severity === 'warning')).toBe(true)
    for (const { place } of found) expect(place.line).toBeGreaterThan(2)
  })

  it('finds nothing in its wise example', () => {
    expect(told(own(rule.examples.wise))).toEqual([])
  })

  it('can be accepted', () => {
    const accepted = own(`${rule.examples.unwise}accept: [{ ${rule.name}: , because: it is a sample }]\n`)
    expect(accepted.map((finding) => finding.accepted)).toEqual(own(rule.examples.unwise).map(() => 'it is a sample'))
  })
})

test('a wise example is wise in every way that can be warned of', () => {
  const warnings = rules.members.flatMap(({ name, examples }) =>
    reviewed(examples.wise)
      .filter(({ severity }) => severity === 'warning')
      .map((finding) => `${name}: ${finding.rule}: ${finding.what}`),
  )
  expect(warnings).toEqual([])
})

test('attempts multiply along the whole path, and the place is that of the innermost', () => {
  const text = `loadpath: 1
name: storm
traffic:
  visitors: { rate: 10/s, requests: { view: { to: front, retry: { attempts: 3 } } } }
blocks:
  front: { type: load-balancer, targets: web }
  web:
    type: service
    instances: 3
    endpoints:
      view:
        - call: api
          retry: { attempts: 3 }
  api:
    type: service
    instances: 3
    endpoints:
      view:
        - { call: photos.read, retry: { attempts: 3, back-off: none } }
  photos: { type: database }
`
  expect(told(reviewed(text).filter(({ rule }) => rule === 'retries-multiply'))).toEqual([
    'retries-multiply note 4:58 a failure at `front` multiplies the load by 3: attempts are 3 of `visitors.view`',
    'retries-multiply warning 13:11 a failure at `api` multiplies the load by 9: attempts are 3 of `visitors.view` × 3 of `web`',
    'retries-multiply warning 19:32 a failure at `photos` multiplies the load by 27: attempts are 3 of `visitors.view` × 3 of `web` × 3 of `api`',
  ])
})

test('a retry budget bounds the factor of its call at 1 + its share', () => {
  const budgeted = rest(
    '  web: { type: service, instances: 2, endpoints: { view: [{ call: store.read, retry: { attempts: 3, budget: 10% } }] } }\n' +
      '  store: { type: database }\n',
  )
  const found = (text: string) => told(reviewed(text)).filter((line) => line.startsWith('retries-multiply'))
  expect(found(budgeted)).toEqual([
    'retries-multiply note 5:79 a failure at `store` multiplies the load by at most 1.1: attempts are 1.1 of `web`, bounded by its budget',
  ])
  expect(found(budgeted.replace('to: web }', 'to: web, retry: { attempts: 3 } }'))).toContain(
    'retries-multiply warning 5:79 a failure at `store` multiplies the load by at most 3.3: attempts are 3 of `visitors.view` × 1.1 of `web`, bounded by its budget',
  )
})

test('attempts of the workers of a queue are not those of the publisher', () => {
  const text = rest(
    '  web: { type: service, instances: 2, endpoints: { view: [{ publish: jobs }] } }\n' +
      '  jobs: { type: queue, limit: 10, workers: { compute: 1ms, call: web-hook, timeout: 9s, retry: { attempts: 2 } } }\n' +
      '  web-hook: { type: service, instances: 2, endpoints: { any: [{ wait: 5ms }] } }\n',
  ).replace('to: web }', 'to: web, timeout: 1s, retry: { attempts: 2 } }')
  expect(told(besidesNetwork(reviewed(text))).filter((line) => !line.startsWith('single'))).toEqual([
    'retries-multiply note 3:78 a failure at `web` multiplies the load by 2: attempts are 2 of `visitors.view`',
    'retries-held-back warning 3:78 `visitors.view` does not repeat a call to `web` after a time-out: it may have changed `jobs`',
    'retries-multiply note 6:89 a failure at `web-hook` multiplies the load by 2: attempts are 2 of `jobs`',
  ])
})

test('several short attempts outlast one long time-out', () => {
  const text = rest(
    '  web: { type: service, instances: 2, endpoints: { view: [{ call: store.read, timeout: 400ms, retry: {} }] } }\n' +
      '  store: { type: database }\n',
  ).replace('to: web }', 'to: web, timeout: 1s }')
  expect(told(reviewed(text)).filter((line) => line.startsWith('inner'))).toEqual([
    'inner-timeout-longer warning 5:88 `web` makes up to 3 attempts of 400ms at `store.read`, and `visitors.view` gives up after 1s',
  ])
  const takenBack = text.replace('timeout: 1s', 'timeout: 1s, cancels: all')
  expect(told(reviewed(takenBack)).filter((line) => line.startsWith('inner'))).toEqual([])
})

test('of a block built from defaults, the place is the line of its name', () => {
  const text = rest('  web:\n    type: service\n    workers: 4\n    endpoints: { view: [{ compute: 1ms }] }\n')
  expect(told(besidesNetwork(reviewed(text)))).toEqual([
    'single-point-of-failure warning 5:3 `web` is one instance, and `view` cannot do without it',
    'unbounded-queue warning 5:3 any number may wait at `web`',
  ])
})

test('a queue is bounded by patience, by a cancelling time-out or by a number of users', () => {
  const text = rest('  web: { type: service, instances: 2, workers: 4, endpoints: { view: [{ compute: 1ms }] } }\n')
  const found = (change: string, to: string) => told(besidesNetwork(reviewed(text.replace(change, to))))
  const any = 'unbounded-queue warning 5:3 any number may wait at `web`'
  expect(found('', '')).toEqual([any])
  expect(found('to: web', 'to: web, timeout: 1s')).toEqual([any])
  expect(found('to: web', 'to: web, timeout: 1s, cancels: queued')).toEqual([])
  expect(found('to: web', 'to: web, patience: 1s')).toEqual([])
  expect(found('rate: 10/s', 'users: 10')).toEqual([])
})

test('an answer with a size weighs on a link as well as a request', () => {
  const link = '  web: { type: link, to: store, bandwidth: 1Gbit/s }\n  store: { type: database, object-size: 1KiB }\n'
  const sizes = (text: string) => told(reviewed(text)).filter((line) => line.startsWith('missing'))
  expect(sizes(rest(link).replace('', ''))).toEqual([])
  expect(sizes(rest(link).replace('view:', 'write:'))).toEqual([
    'missing-sizes warning 5:44 `web` has a bandwidth, but everything that crosses it has 0 bytes',
  ])
})

test('a utilization behind a cache is a note, and a spike counts at its peak', () => {
  const text = `loadpath: 1
name: spike
traffic: { visitors: { rate: 100/s, shape: { type: spike, factor: 30, at: 5s, for: 5s }, requests: { view: { to: album, key: uniform over 9 } } } }
blocks:
  album: { type: cache, of: photos, ttl: 1s, capacity: 9 }
  photos: { type: database, cores: 1, read: 9.5ms }
run: { for: 20s }
`
  expect(told(reviewed(text)).filter((line) => line.startsWith('high'))).toEqual([
    'high-utilization note 6:3 the cores of `photos` are 95 % used by arithmetic if the cache before it never hits',
  ])
  expect(told(reviewed(text.replace('9.5ms', '1ms'))).filter((line) => line.startsWith('high'))).toEqual([
    'high-utilization note 6:3 at the peak of the traffic `photos` would need 300 % of its cores if the cache before it never hits',
  ])
})

test('a duration that cannot pass within the run is found wherever it is written, defaults are not', () => {
  const text = rest(
    '  web: { type: load-balancer, targets: [one, two], health-check: { every: 90s } }\n' +
      '  one: { type: service, endpoints: { view: [{ branch: 50%, do: { call: store, timeout: 70s } }] } }\n' +
      '  two: { type: service, endpoints: { view: [{ compute: 1ms }] } }\n  store: { type: database }\n',
    'run: { for: 60s }\nfaults: [{ crash: one, at: 61s, for: 5s }]\n',
  )
  expect(told(reviewed(text)).filter((line) => line.startsWith('run'))).toEqual([
    'run-too-short warning 5:75 the run ends at 60s, before the `every` of 90s has passed once',
    'run-too-short warning 6:88 the run ends at 60s, before the `timeout` of 70s has passed once',
    'run-too-short warning 9:13 the run ends at 60s, before “one down” at 61s and “one back” at 66s',
  ])
})

test('a finding of several variants is reported once', () => {
  const text = rest(
    '  web: { type: service, instances: 2, endpoints: { view: [{ compute: 1ms }] } }\n',
    'variants:\n  alone: { web.instances: 1 }\n  alone-too: { web.instances: 1, web.cores: 2 }\n  full: { visitors.rate: 3k/s }\n',
  )
  const findings = reviewed(text, ['alone', 'alone-too', 'full'])
  expect(besidesNetwork(findings).map(({ rule, variants }) => [rule, variants])).toEqual([
    ['single-point-of-failure', ['alone', 'alone-too']],
    ['high-utilization', ['full']],
  ])
})

test('an acceptance covers a part and what is inside it, and one that covers nothing is told', () => {
  const text = rest(
    '  web: { type: service, workers: 4, endpoints: { view: [{ compute: 1ms }] } }\n',
    'accept:\n  - { unbounded-queue: web, because: callers are few }\n  - { missing-sizes: web, because: no reason }\n',
  )
  const findings = reviewed(text)
  expect(besidesNetwork(findings).map(({ rule, accepted }) => [rule, accepted])).toEqual([
    ['single-point-of-failure', undefined],
    ['unbounded-queue', 'callers are few'],
    ['missing-sizes', undefined],
  ])
  expect(told(findings).at(-1)).toBe(
    'missing-sizes note 8:5 `missing-sizes` finds nothing at `web`, so there is nothing to accept',
  )
})

test('a rule that does not exist cannot be accepted, and a reason is needed', () => {
  const text = rest(
    '  web: { type: service, instances: 2, endpoints: { view: [{ compute: 1ms }] } }\n',
    'accept: [{ unbounded-queu: web, because: typo }, { unbounded-queue: web }]\n',
  )
  const { problems } = readDesign(text, catalogue)
  expect(problems.map(({ code, hint }) => [code, hint])).toEqual([
    ['unknown-name', 'did you mean `unbounded-queue`?'],
    ['missing-field', 'add `because`: why this is acceptable here'],
  ])
})

test('a cache without a time to live that is notified of every change is left alone; one that may miss one is not', () => {
  const { unwise } = rules.get('cache-without-expiry').examples
  const told = (invalidation: string) =>
    reviewed(unwise.replace('capacity: 1k', `capacity: 1k, invalidation: ${invalidation}`)).filter(
      ({ rule }) => rule === 'cache-without-expiry',
    )
  expect(told('{ by: key }')).toEqual([])
  expect(told('{ by: key, lost: 1% }')).toHaveLength(1)
})

test('a balancer without a health check is found where a fault stops some of its targets, and only there', () => {
  const found = (fault: string, instances = 3) =>
    told(
      reviewed(`loadpath: 1
name: sample
traffic: { visitors: { rate: 10/s, requests: { view: { to: front } } } }
blocks:
  front: { type: load-balancer, targets: web }
  web: { type: service, instances: ${instances}, endpoints: { view: [{ compute: 1ms }] } }
faults: [${fault}]
run: { for: 60s }
`),
    ).filter((line) => line.startsWith('no-health-check'))
  const saying = (severity: string, rest: string) => [
    `no-health-check ${severity} 5:3 \`front\` has no health check, so it sends calls to ${rest}`,
  ]
  expect(found('{ crash: web.2, at: 20s, for: 10s }')).toEqual(saying('warning', '`web.2` while it is down'))
  expect(found('{ hang: web.2, at: 20s, for: 3s }')).toEqual(saying('note', '`web.2` while it is hung'))
  expect(found('{ pause: web, every: exponential 10s, for: 8s }')).toEqual(
    saying('warning', '`web` while it is paused'),
  )
  expect(found('{ crash: web.1, at: 20s }, { crash: web.2, at: 30s }')).toEqual(
    saying('warning', '`web.1` and `web.2` during their faults'),
  )
  // No check sees a short pause or a slow instance; none helps when all instances are down at once.
  const without = ['pause: web, every: exponential 10s, for: 150ms', 'slow: web.2, factor: 10', 'crash: web, at: 20s']
  for (const fault of without) expect(found(`{ ${fault} }`)).toEqual([])
  expect(found('{ crash: web.1, at: 20s }', 1)).toEqual([])
})
