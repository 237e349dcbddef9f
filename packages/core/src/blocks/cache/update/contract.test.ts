import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../../explain/testing-chosen.ts'
import { cacheAside } from './cache-aside.ts'
import { updates } from './index.ts'
import { leavesOf, type Trip, type Update, update } from './update.ts'

/** What a policy does not keep of what each of them promises. */
function broken(policy: Update): readonly string[] {
  const { values } = chosenAsItSays(policy)
  const ahead = policy.ahead?.(values)
  const buffers = policy.write.some(({ trip }) => trip === 'buffer')
  return [
    ...brokenRead(policy.read),
    ...brokenWrite(policy.write),
    ...(ahead === undefined || (ahead > 0 && ahead < 1) ? [] : [`loads again after ${ahead} of the time to live`]),
    ...(buffers === (policy.behind !== undefined) ? [] : ['buffers without writing behind, or the other way round']),
  ]
}

/** A read looks into the cache first, asks the origin once on a miss, and keeps what it has brought. */
function brokenRead(read: readonly Trip[]): readonly string[] {
  const at = (name: Trip['trip']) => read.map(({ trip }) => trip).indexOf(name)
  const loads = read.filter(({ trip }) => trip === 'load').length
  return [
    ...(read.some(({ trip }, i) => trip === 'get' && read.slice(0, i).every((one) => one.trip === 'ask'))
      ? []
      : ['reads without a look']),
    ...(loads === 1 ? [] : [`asks the origin ${loads} times for what is missing`]),
    ...(at('load') > at('get') ? [] : ['asks the origin before it has looked']),
    ...(at('put') > at('load') && leavesOf(read) === 'entry' ? [] : ['does not keep what it has loaded']),
    ...(read.every(({ trip }) => trip !== 'forward' && trip !== 'buffer') ? [] : ['writes in a read']),
  ]
}

/** A write reaches the origin, at once or from the buffer, and once. */
function brokenWrite(write: readonly Trip[]): readonly string[] {
  const reaches = write.filter(({ trip }) => trip === 'forward' || trip === 'buffer').length
  const first = write.findIndex(({ trip }) => trip === 'forward' || trip === 'buffer')
  const early = write.slice(0, Math.max(0, first)).some(({ trip }) => trip === 'put' || trip === 'delete')
  return [
    ...(reaches === 1 ? [] : [`a write reaches the origin ${reaches} times`]),
    ...(early ? ['changes the entry before the origin has the write'] : []),
    ...(write.every(({ trip }) => trip !== 'get' && trip !== 'load') ? [] : ['reads in a write']),
  ]
}

describe.each(updates.members.map((policy) => [policy.name, policy] as const))('%s', (_name, policy) => {
  it('reads through a look and one load, and writes once', () => expect(broken(policy)).toEqual([]))
})

const like = (change: Partial<Update>): Update => update({ ...cacheAside, ...change }) as Update
const get: Trip = { trip: 'get', by: 'caller' }
const load: Trip = { trip: 'load', by: 'caller' }
const put: Trip = { trip: 'put', by: 'caller' }

it.each<[string, Update]>([
  ['keeps nothing', like({ read: [get, load] })],
  ['never looks', like({ read: [load, put] })],
  ['loads twice', like({ read: [get, load, load, put] })],
  ['loses writes', like({ write: [put] })],
  [
    'deletes before it writes',
    like({
      write: [
        { trip: 'delete', by: 'caller' },
        { trip: 'forward', by: 'caller' },
      ],
    }),
  ],
  ['buffers forever', like({ write: [{ trip: 'buffer', by: 'cache' }] })],
])('a policy that %s is caught', (_mistake, policy) => expect(broken(policy)).not.toEqual([]))
