import { expect, test } from 'vitest'
import type { Block } from '../blocks/block.ts'
import { catalogue } from '../experiment/catalogue.ts'
import type { Call } from '../kernel/call.ts'
import { ok } from '../kernel/outcome.ts'
import { Requests } from '../kernel/requests.ts'
import { Simulation } from '../kernel/simulation.ts'
import { Holder } from '../kernel/testing-world.ts'
import { readDesign } from '../language/index.ts'
import type { SourceValues } from './source.ts'
import { Source } from './source-at-work.ts'

test('a request of a source without sessions has none, also in a call that had one before', () => {
  const { design } = readDesign(
    `loadpath: 1
name: two sources
traffic:
  with: { rate: 100/s, sessions: 5, requests: { get: { to: web } } }
  without: { rate: 100/s, requests: { get: { to: web } } }
blocks: { web: { type: service, endpoints: { get: [{ compute: 1ms }] } } }
`,
    catalogue,
  )
  const sources = design?.sources ?? []
  const simulation = new Simulation({
    seed: 1,
    replication: 0,
    kinds: sources.map(({ name }, index) => ({ source: name, name: 'get', index })),
    workFactor: 1,
    tracer: null,
  })
  const requests = new Requests({
    kinds: 2,
    cellStartsMs: [0],
    measureFromMs: 0,
    deadlinesMs: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    tickMs: 1000,
    ticks: 1,
  })
  const holder = Object.assign(new Holder('web', 0), { operation: () => 0 })
  const seen: [string, number][] = []
  holder.receive = (call: Call) => {
    seen.push([simulation.kinds[call.kind]?.source ?? '', call.session])
    simulation.end(call, ok)
  }
  for (const { name, values } of sources) {
    const source = new Source(values as unknown as SourceValues, {
      name,
      index: 1,
      simulation,
      requests,
      leadInMs: 0,
      runEndsMs: 1000,
      isUnderWay: false,
      tracer: null,
      onlyFollowed: -1,
      followEvery: () => 1,
      surges: false,
      setsOff: () => false,
      repeating: () => ({ isIdempotent: true, refusers: [] }),
      block: () => holder as unknown as Block,
    })
    source.connect()
    source.start()
  }
  simulation.agenda.runUntil(1000, 10_000)
  const sessionsOf = (source: string) => seen.filter(([name]) => name === source).map(([, session]) => session)
  expect(new Set(sessionsOf('without'))).toEqual(new Set([0]))
  expect(new Set(sessionsOf('with'))).toEqual(new Set([1, 2, 3, 4, 5]))
})
