import { describe, expect, it } from 'vitest'
import { blocks } from '../../blocks/index.ts'
import { catalogue } from '../../experiment/catalogue.ts'
import { readDesign } from '../../language/read-design.ts'
import type { CallValues } from '../params.ts'
import { memoriesOfCall } from './memory.ts'

/** Memories of a service that calls another so, 16 times a second, or of a balancer with these fields. */
function memoriesOf(call: string, balancer = ''): readonly (readonly [string, number, number])[] {
  const text = `loadpath: 1
name: memories
traffic: { v: { rate: 1/s, requests: { get: { to: lb } } } }
blocks:
  lb: { type: load-balancer, targets: web${balancer} }
  web: { type: service, endpoints: { get: [{ call: db }] }, calls: { db: { ${call} } } }
  db: { type: service, endpoints: { get: [] } }
`
  const { design, problems } = readDesign(text, catalogue)
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const all = design.blocks.flatMap(({ name, type, values }) => {
    const definition = blocks.get(type)
    const edges = name === 'web' ? (definition.calls?.(values) ?? []) : []
    const ofCalls = edges.flatMap(({ options, to }) => memoriesOfCall(options as CallValues, to.block, 16))
    return [...(definition.memories?.(values) ?? []), ...ofCalls]
  })
  return all.map(({ part, forgetsMs, lastsMs }) => [part, forgetsMs / 1000, lastsMs / 1000])
}

describe('what is remembered, and for how long', () => {
  it.each([
    ['nothing by a call without guards', '', '', []],
    ['nothing by a hedge after a time', 'hedge: 10ms', '', []],
    ['twice 1,024 times by a hedge by percentile', 'hedge: p95', '', [['hedge for db', 128, 0]]],
    ['three times `for` by a breaker', 'breaker: { for: 5s }', '', [['breaker for db', 15, 5]]],
    ['the window too', 'breaker: { opens: 50%, window: 7s, for: 5s }', '', [['breaker for db', 22, 5]]],
    ['growing ejections', '', ', ejection: { for: 100s }', [['ejection', 600, 300]]],
    ['short ejections up to 50 minutes', '', ', ejection: { for: 1s }', [['ejection', 3000, 300]]],
    [
      'the slow start too',
      '',
      ', ejection: { for: 300s }, slow-start: 30s',
      [
        ['ejection', 330, 330],
        ['slow-start', 30, 30],
      ],
    ],
    ['failed checks', '', ', health-check: { every: 2s, timeout: 1s, fails: 3 }', [['health-check', 7, 7]]],
    ['clients', '', ', sticky: { type: source, for: 60s }', [['sticky', 60, 60]]],
    ['no clients that are never free', '', ', sticky: source', []],
  ])('%s', (_, call, balancer, expected) => {
    expect(memoriesOf(call, balancer)).toEqual(expected)
  })
})
