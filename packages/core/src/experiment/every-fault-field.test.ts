import { describe, expect, it } from 'vitest'
import { faults } from '../faults/index.ts'
import {
  app,
  type Case,
  changes,
  ofFault,
  ofFlush,
  ofLeak,
  ofNetworkFault,
  ofPlannedChange,
  ofSurge,
  slowToStart,
  work,
} from './testing-fields.ts'

const deployed = (how: string) => `${app(`type: service, ${slowToStart}`)}\nfaults: [{ deploy: app, at: 1s${how} }]`

/** For each fault: a design with `@` where a field is written, and two values that must differ in what a run finds. */
const members: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  crash: ofFault('crash: app'),
  slow: {
    ...ofFault('slow: app, factor: 2'),
    factor: [`${app(`type: service, ${work}`)}\nfaults: [{ slow: app, factor: @ }]`, '2', '3'],
  },
  fail: {
    ...ofFault('fail: app, share: 50%'),
    share: [`${app(`type: service, ${work}`)}\nfaults: [{ fail: app, share: @ }]`, '10%', '90%'],
  },
  flush: ofFlush,
  leak: ofLeak,
  surge: ofSurge,
  pause: ofFault('pause: app'),
  hang: ofFault('hang: app'),
  cut: ofNetworkFault('cut: app'),
  worsen: {
    ...ofNetworkFault('worsen: app, latency: 50ms'),
    latency: [`${app(`type: service, ${work}`)}\nfaults: [{ worsen: app, latency: @, at: 1s }]`, '2ms', '30ms'],
    loss: [`${app(`type: service, ${work}`)}\nfaults: [{ worsen: app, latency: 1ms, at: 1s @ }]`, '', ', loss: 20%'],
  },
  scale: {
    ...ofPlannedChange('scale: app, to: 3'),
    to: [
      `${app(`type: service, instances: 4, workers: 1, ${work}`)}\nfaults: [{ scale: app, at: 1s, to: @ }]`,
      '1',
      '3',
    ],
  },
  deploy: {
    ...ofPlannedChange('deploy: app'),
    batch: [deployed(', batch: @'), '1', '2'],
    order: [deployed(', order: @'), 'stop-first', 'start-first'],
    count: [deployed(' @'), '', ', count: 1'],
    errors: [deployed(', errors: @'), '0%', '50%'],
  },
}

describe('a fault', () => {
  it.each(faults.members.map((member) => [member.name, member] as const))(
    '%s has a case for each of its fields',
    (name, member) => {
      expect(Object.keys(members[name] ?? {}).sort()).toEqual(Object.keys(member.params).sort())
    },
  )

  const all = Object.entries(members).flatMap(([name, of]) =>
    Object.entries(of).map(([field, one]) => [`${name}.${field}`, one] as const),
  )
  it.each(all)('`%s` changes what a run finds', (_, one) => expect(changes(one)).toBe(true))
})
