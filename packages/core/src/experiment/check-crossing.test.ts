import { describe, expect, it } from 'vitest'
import { problemsOf } from './testing-runs.ts'

const design = (fault: string) => `
places: { home: {}, away: { to: { home: { latency: 10ms } } } }
traffic: { visitors: { in: home, rate: 10/s, requests: { get: { to: front } } } }
blocks:
  front: { type: load-balancer, in: home, instances: 2, standby: 1, targets: web }
  web: { type: service, in: [home, away], instances: 2, endpoints: { any: [{ call: db.read }] } }
  db: { type: database, in: home }
faults: [${fault}]
run: { for: 10s, repeat: 1 }
`
const between = (one: string, other: string) => [
  `fault-without-effect faults.1: \`cut\` has no effect: no call goes between \`${one}\` and \`${other}\``,
]

describe('a cut that no call crosses', () => {
  it.each([
    ['front', 'db'],
    ['db', 'front'],
    ['front.1', 'db'],
  ])('between %s and %s is a warning', (one, other) => {
    expect(problemsOf(design(`{ cut: [${one}, ${other}], at: 1s }`))).toEqual(between(one, other))
  })

  it.each([
    ['front', 'web'],
    ['web', 'front'],
    ['web.1', 'db'],
    ['home', 'away'],
    ['home', 'web'],
    ['front.1', 'front.2'],
  ])('is none between %s and %s', (one, other) => {
    expect(problemsOf(design(`{ cut: [${one}, ${other}], at: 1s }`))).toEqual([])
  })

  it.each(['front', 'web', 'web.2', 'db', 'home', 'away'])('is none between %s and all others', (side) => {
    expect(problemsOf(design(`{ cut: ${side}, at: 1s }`))).toEqual([])
  })

  it('is found of lines that are worse, too', () => {
    expect(problemsOf(design('{ worsen: [db, front], latency: 9ms, at: 1s }'))).toEqual([
      'fault-without-effect faults.1: `worsen` has no effect: no call goes between `db` and `front`',
    ])
  })
})
