import { expect, it } from 'vitest'
import { printProblem, readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'

interface Setting {
  readonly view?: string
  readonly shelf?: string
  readonly edge?: string
  readonly data?: string
  readonly rest?: string
}

const key = 'key: zipf 0.9 over 10k'

/** What is said of a cache behind a CDN, without the drawing of the place. */
function saidOf({ view = `, ${key}`, shelf = '', edge = '', data = 'type: database', rest = '' }: Setting): string {
  const text = `loadpath: 1
name: shelves
traffic: { visitors: { rate: 10/s, requests: { view: { to: edge.read${view} } } } }
blocks:
  edge: { type: cdn, of: shelf, capacity: 10, ${edge} }
  shelf: { type: cache, of: data, capacity: 10, ${shelf} }
  data: { ${data} }
${rest}`
  const { problems } = readDesign(text, catalogue)
  return problems
    .map((one) =>
      printProblem(one, text)
        .replaceAll(/^design:|^ .*[|].*\n/gm, '')
        .trim(),
    )
    .join('\n')
}

const noTtl = 'has no effect: entries have no time to live'
const pushed = 'has no effect: a pushed file stays until it is replaced'
const says = (place: string, code: string, message: string, help: string) =>
  `${place}: warning: ${code}: ${message}\n  help: ${help}`
const code = 'field-without-effect'
const small = 'cache-capacity-too-small'

it.each<[string, Setting, string]>([
  [
    'jitter of nothing',
    { shelf: 'ttl-jitter: 10%' },
    says('6:61', code, `\`ttl-jitter\` ${noTtl}`, 'add a `ttl`, or remove `ttl-jitter`'),
  ],
  [
    'sliding of nothing',
    { shelf: 'expiry: sliding' },
    says('6:57', code, `\`expiry: sliding\` ${noTtl}`, 'add a `ttl`, or remove `expiry`'),
  ],
  [
    'a grace that never begins',
    { shelf: 'stale-while-revalidate: 1s' },
    says('6:73', code, `\`stale-while-revalidate\` ${noTtl}`, 'add a `ttl`, or remove `stale-while-revalidate`'),
  ],
  [
    'ahead of no end',
    { shelf: 'update: refresh-ahead' },
    says('6:57', code, `\`update: refresh-ahead\` ${noTtl}`, 'add a `ttl`, or write `update: read-through`'),
  ],
  [
    'all of them with a time to live',
    { shelf: 'ttl: 1m, ttl-jitter: 10%, expiry: sliding, update: refresh-ahead' },
    '',
  ],
  [
    'uploads of what is pulled',
    { edge: 'upload: { files: 3 }' },
    says(
      '5:47',
      code,
      '`upload` has no effect: files are pulled, not uploaded',
      'write `content: push`, or remove `upload`',
    ),
  ],
  [
    'new names of files that keep theirs',
    { edge: 'rewrite: 3s' },
    says(
      '5:56',
      code,
      '`rewrite` has no effect: files keep their names',
      'write `names: versioned`, or remove `rewrite`',
    ),
  ],
  ['new names', { edge: 'rewrite: 3s, names: versioned' }, ''],
  [
    'a grace of what is pushed',
    { edge: 'content: push, stale-while-revalidate: 1s' },
    says(
      '5:86',
      code,
      `\`stale-while-revalidate\` ${pushed}`,
      'remove `stale-while-revalidate`, or write `content: pull`',
    ),
  ],
  [
    'more files than there is room for',
    { edge: 'content: push, upload: { files: 11 }' },
    says('5:79', code, 'a PoP has room for 10 of 11 files', 'give it more `capacity`, or upload fewer `files`'),
  ],
  [
    'more files than most points have room for',
    { edge: 'content: push, upload: { files: 11 }, pops: [{ capacity: 11 }, { }]' },
    '',
  ],
  [
    'a request without a key',
    { view: '' },
    says(
      '3:48',
      'requests-without-key',
      'view has no key: all requests read the same object of edge',
      `add a key, for example \`${key}\``,
    ),
  ],
  ['what a variant needs', { edge: 'upload: { files: 3 }', rest: 'variants: { push: { edge.content: push } }' }, ''],
  [
    'what no variant needs',
    { edge: 'rewrite: 3s', rest: 'variants: { slow: { edge.origin-latency: 1s } }' },
    says(
      '5:56',
      code,
      '`rewrite` has no effect: files keep their names',
      'write `names: versioned`, or remove `rewrite`',
    ),
  ],
])('tells %s', (_, setting, expected) => {
  expect(saidOf(setting)).toBe(expected)
})

function complaintsOfRoom(capacity: string, data = 'type: database') {
  const text = `loadpath: 1
name: room
traffic: { visitors: { rate: 10/s, requests: { view: { to: shelf.read, ${key} } } } }
blocks:
  shelf: { type: cache, of: data, capacity: ${capacity} }
  data: { ${data} }
`
  return readDesign(text, catalogue).problems.map(({ severity, code, message, hint }) => [
    severity,
    code,
    message,
    hint,
  ])
}

it('tells a cache in bytes that is smaller than one object, assumed or said by its origin', () => {
  const assumed = '`capacity` is smaller than one object (assumed 1024 B)'
  expect(complaintsOfRoom('500B')).toEqual([['warning', small, assumed, 'raise `capacity`, or set `object-size`']])
  const said = '`capacity` is smaller than one object of data (2048 B)'
  expect(complaintsOfRoom('2kB', 'type: database, object-size: 2KiB')).toEqual([
    ['warning', small, said, 'raise `capacity`'],
  ])
  expect(complaintsOfRoom('1KiB')).toEqual([])
})

it('refuses a cache of a queue, from which nobody can read', () => {
  expect(saidOf({ data: 'type: queue, workers: { compute: 1ms }' })).toBe(
    `6:29: error: wrong-block-type: \`data\` is a block of type \`queue\`
  expected: a block of type \`link\`, \`load-balancer\`, \`service\`, \`cache\`, \`cdn\` or \`database\`
  found: \`data\`
  help: name a block of this type: \`edge\` or \`shelf\``,
  )
})

/** What is said of fields of other blocks, as `place code message`. */
function complaintsOf(blocks: string, request = '{ to: app }'): readonly string[] {
  const { problems } = readDesign(
    `loadpath: 1
name: idle fields
traffic: { visitors: { rate: 10/s, requests: { view: ${request} } } }
blocks: { ${blocks} }
`,
    catalogue,
  )
  return problems.map(({ path, severity, code: kind, message }) => `${path} ${severity} ${kind}: ${message}`)
}

const page = 'endpoints: { any: [{ compute: 1ms }] }'

it.each<[string, string, string | undefined, string]>([
  [
    'a time-out inside the value of a call and beside it',
    `app: { type: service, endpoints: { any: [{ call: { to: there, timeout: 1s }, timeout: 3s }] } }, there: { type: service, ${page} }`,
    undefined,
    'app.endpoints.any.1.timeout error conflicting-fields: `timeout` is given twice: beside `call` and in its value',
  ],
  [
    'weights for a choice that does not look at them',
    `app: { type: load-balancer, targets: [a, b], choice: random, weights: [2, 1] }, a: { type: service, ${page} }, b: { type: service, ${page} }`,
    undefined,
    'app.weights warning field-without-effect: `weights` has no effect: `random` ignores weights',
  ],
  [
    'cores of a balancer without work',
    `app: { type: load-balancer, targets: a, cores: 4 }, a: { type: service, ${page} }`,
    undefined,
    'app.cores warning field-without-effect: `cores` has no effect: the balancer has no work',
  ],
  [
    'a limit of a line that nobody joins',
    `app: { type: service, limit: 5, ${page} }`,
    undefined,
    'app.limit warning field-without-effect: `limit` has no effect: workers are unlimited',
  ],
  [
    'an ordering of a line that nobody joins',
    `app: { type: service, ordering: priority, ${page} }`,
    undefined,
    'app.ordering warning field-without-effect: `ordering` has no effect: workers are unlimited',
  ],
  [
    'a limit of a database that nobody waits for',
    'app: { type: database, limit: 5 }',
    undefined,
    'app.limit warning field-without-effect: `limit` has no effect: workers are unlimited',
  ],
  [
    'a window of a breaker that counts calls, said once for all calls to the block',
    `app: { type: service, calls: { db: { breaker: { opens: 10 of 20, window: 5s } } }, endpoints: { any: [{ call: db.read }, { call: db.write }] } }, db: { type: database }`,
    undefined,
    'app.calls.db.breaker.window warning field-without-effect: `calls.db.breaker.window` has no effect: the breaker counts the last calls',
  ],
  [
    'an overflow of a queue without a limit',
    'app: { type: queue, overflow: block, workers: { compute: 1ms } }',
    undefined,
    'app.overflow warning field-without-effect: `overflow` has no effect: an unlimited queue is never full',
  ],
  [
    'a time-out of workers that call nobody',
    'app: { type: queue, workers: { compute: 1ms, timeout: 1s } }',
    undefined,
    'app.workers.timeout warning field-without-effect: `timeout` has no effect: the workers make no call',
  ],
  [
    'giving up without a time-out, of a request',
    `app: { type: service, ${page} }`,
    '{ to: app, cancels: all }',
    'visitors.requests.view.cancels warning field-without-effect: `cancels` has no effect: the call has no time-out',
  ],
  [
    'giving up without a time-out, of a step',
    `app: { type: service, endpoints: { any: [{ call: there, cancels: all }] } }, there: { type: service, ${page} }`,
    undefined,
    'app.endpoints.any.1.cancels warning field-without-effect: `cancels` has no effect: the call has no time-out',
  ],
])('names %s', (_, blocks, request, expected) => {
  expect(complaintsOf(blocks, request)).toEqual([expected])
})

const balanced = (base: string, variants: string) => `loadpath: 1
name: cores
traffic: { visitors: { rate: 10/s, requests: { page: { to: lb } } } }
blocks:
  lb: { type: load-balancer, targets: web${base} }
  web: { type: service, instances: 3, endpoints: { page: [{ compute: 1ms }] } }
variants:
${variants}
`

const idle = '{ lb.cores: 4 }'
const ignored = '`cores` has no effect: the balancer has no work'

it.each<[string, string, string, { variant?: string; set?: string[] }, string[]]>([
  ['a variant that is not selected', '', `  idle: ${idle}`, {}, [`${ignored} (in the variant \`idle\`)`]],
  ['the selected variant', '', `  idle: ${idle}`, { variant: 'idle' }, [ignored]],
  ['the selected of two variants', '', `  idle: ${idle}\n  plain: { web.cores: 4 }`, { variant: 'idle' }, [ignored]],
  ['a setting', '', '  plain: { web.cores: 4 }', { set: ['blocks.lb.cores=4'] }, [ignored]],
  [
    'a variant that leaves a field of the design idle',
    ', cores: 4, compute: 1ms',
    '  idle: { lb.compute: 0s }',
    {},
    [],
  ],
])('a field without effect, written by %s', (_, base, variants, options, expected) => {
  const { problems } = readDesign(balanced(base, variants), catalogue, options)
  expect(problems.map(({ message }) => message)).toEqual(expected)
})
