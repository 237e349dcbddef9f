import { expect } from 'vitest'
import { timedMoments } from '../before-run/run-kind.ts'
import { blocks } from '../blocks/index.ts'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { terminatingPlan } from './plan.ts'
import { replicate } from './replicate.ts'

/** A design with a hole, `@`, and what is put there: without the field, and with it. */
export type Case = readonly [design: string, without: string, withField: string]

/** All that a run finds, and what the blocks cost. */
function foundOf(text: string): string {
  const { design, problems } = readDesign(
    `loadpath: 1\nname: fields\n${text}\nrun: { for: 2s, repeat: 2 }\n`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('; '))
  expect(problems.filter(({ code }) => code === 'field-without-effect')).toEqual([])
  const limits = { events: 1e6, inside: 1e6, wallMs: 1e6 }
  const plan = terminatingPlan(design, 2000)
  const found = replicate({ design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null, closeUp: true })
  const prices = design.blocks.map(({ type, values }) => {
    const { pricePerHour, pricesPerCount } = blocks.get(type)
    return [pricePerHour?.(values), pricesPerCount?.(values)]
  })
  return JSON.stringify([found, prices, timedMoments(design)], (_, value) =>
    ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
  )
}

export function changes([design, without, withField]: Case): boolean {
  return foundOf(design.replace('@', without)) !== foundOf(design.replace('@', withField))
}

export const traffic = (request: string, rate = 100) =>
  `traffic: { visitors: { rate: ${rate}/s, requests: { get: { ${request} } } } }`
export const app = (fields: string, request = 'to: app', others = '') =>
  `${traffic(request)}\nblocks:\n  app: { ${fields} }\n${others}`
export const work = 'endpoints: { any: [{ compute: 15ms }] }'
export const there =
  '  there: { type: service, workers: 1, endpoints: { any: [{ compute: exponential 9ms }, { fail: 20% }] } }'
export const two = `  a: { type: service, ${work} }\n  b: { type: service, ${work} }`
/** A cache of results, and writes that go to the database itself. */
export const cachedAndChanged = (by: string) =>
  `traffic: { visitors: { rate: 200/s, requests: { get: { to: app.read, key: uniform over 99 }, put: { to: db.write, key: uniform over 50 } } } }
blocks:
  app: { type: cache, of: db.read, capacity: 100, invalidation: { ${by} } }`
export const keyed = 'to: app.read, key: uniform over 100'

/** The fields that every fault has; without `for` a fault lasts to the end. */
export function ofFault(fault: string): Readonly<Record<string, Case>> {
  const [member = '', name = ''] = fault.split(/: |,/)
  const struck = (timing: string) => `${app(`type: service, instances: 4, ${work}`)}\nfaults: [{ ${fault}${timing} }]`
  return {
    on: [struck(', at: 1s, for: 1s').replace(`${member}: ${name}`, `${member}: @`), 'app.1', 'app'],
    at: [struck(', at: @'), '1s', '1.5s'],
    for: [struck(', at: 1s @'), '', ', for: 100ms'],
    every: [struck(', at: 1s, for: 100ms @'), '', ', every: 300ms'],
    until: [struck(', at: 1s, for: 100ms, every: 300ms @'), '', ', until: 1.5s'],
    count: [struck(', at: 1s, for: 500ms @'), '', ', count: 2'],
    name: [struck(', at: 1s @'), '', ', name: lost'],
  }
}

/** The same of a fault of the network, which strikes no instances by number. */
export function ofNetworkFault(fault: string): Readonly<Record<string, Case>> {
  const { on = ['', '', ''] as const, count: _, ...timing } = ofFault(fault)
  const struck = `${app(`type: service, instances: 4, ${work}`)}\nfaults: [{ ${fault}, at: 1s @ }]`
  return { ...timing, between: on, direction: [struck, '', ', direction: one-way'] }
}

const flushed = (timing: string, cache = 'app') =>
  `${app('type: cache, of: db, capacity: 99, instances: 2', keyed, '  db: { type: database }')}\nfaults: [{ flush: ${cache}${timing} }]`

/** The fields of a flush, which is over at once. */
export const ofFlush: Readonly<Record<string, Case>> = {
  on: [flushed(', at: 1s', '@'), 'app.1', 'app'],
  at: [flushed(', at: @'), '1s', '1.5s'],
  every: [flushed(', at: 1s @'), '', ', every: 300ms'],
  until: [flushed(', at: 1s, every: 300ms @'), '', ', until: 1.5s'],
  count: [flushed(', at: 1s @'), '', ', count: 1'],
  name: [flushed(', at: 1s @'), '', ', name: purge'],
}

const pooled = (fault: string) =>
  `${app('type: service, instances: 4, calls: { a: { pool: 2, timeout: 9ms }, b: { pool: 2, timeout: 9ms } }, endpoints: { any: [{ call: a }, { call: b }] }', 'to: app', two.replaceAll('15ms', '1ms'))}\nfaults: [{ ${fault} }]`

/** The fields of a leak, which strikes pools. */
export const ofLeak: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(
    Object.entries(ofFault('leak: app, share: 50%')).map(([field, [design, ...values]]) => [
      field,
      [pooled(design.slice(design.indexOf('[{ leak') + 3, -3)), ...values],
    ]),
  ),
  to: [pooled('leak: app, share: 50%, at: 1s @'), ', to: a', ', to: b'],
  share: [pooled('leak: app, at: 1s, share: @'), '1%', '50%'],
  rate: [pooled('leak: app, at: 1s, rate: @'), '1/s', '5/s'],
}

/** The fields of a surge, which strikes a source. */
export const ofSurge: Readonly<Record<string, Case>> = (() => {
  const { on: _on, count: _count, ...timing } = ofFault('surge: visitors, factor: 3')
  const two = 'traffic: { visitors: { rate: 100/s, requests: { get: { to: app }, put: { to: app } } } }'
  const struck = (fault: string) =>
    `${two}\nblocks: { app: { type: service, ${work} } }\nfaults: [{ ${fault}, at: 1s }]`
  return {
    ...timing,
    of: [struck('surge: @, factor: 3'), 'visitors.get', 'visitors.put'],
    factor: [struck('surge: visitors, factor: @'), '2', '3'],
  }
})()

/** A transaction, and what else its instance waits for. */
export const ofTransaction: Readonly<Record<string, Case>> = {
  store: [
    app(
      'type: service, endpoints: { any: [{ transaction: @, do: [{ call: a.read }, { call: b.read }] }] }',
      'to: app',
      '  a: { type: database, connections: 1, read: 9ms }\n  b: { type: database, connections: 9, read: 9ms }',
    ),
    'a',
    'b',
  ],
  do: [
    app(
      'type: service, endpoints: { any: [{ transaction: a, do: [{ call: a.read }, { wait: @ }] }] }',
      'to: app',
      '  a: { type: database, connections: 1 }',
    ),
    '1ms',
    '2ms',
  ],
}

/** Instances that take a moment to start. */
export const slowToStart = `instances: 4, workers: 1, start-up: 300ms, ${work}`

/** The same of a planned change, which is of a whole block. */
export function ofPlannedChange(change: string): Readonly<Record<string, Case>> {
  const changed = (timing: string) => `${app(`type: service, ${slowToStart}`)}\nfaults: [{ ${change}${timing} }]`
  const two = `${app(`type: service, ${slowToStart}`).replace('blocks:', `blocks:\n  other: { type: service, instances: 4, ${work} }`)}`
  return {
    of: [`${two}\nfaults: [{ ${change.replace('app', '@')}, at: 1s }]`, 'other', 'app'],
    at: [changed(', at: @'), '1s', '1.5s'],
    for: [changed(', at: 1s @'), '', ', for: 400ms'],
    name: [changed(', at: 1s @'), '', ', name: planned'],
  }
}
