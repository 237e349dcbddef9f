import { count, type Params } from '../../../support/params.ts'
import { type KeyHash, keyHash } from '../../spread/spread.ts'
import { choice } from './choice.ts'

/** The order in which a target wants the entries of a table: from `offset` on in steps of `skip`. */
export interface Preference {
  readonly offset: number
  readonly skip: number
}

/** The owner of each entry, as a position in `preferences`: in turn, each takes the next entry that it wants and that is free. */
export function maglevTable(preferences: readonly Preference[], entries: number): Int32Array {
  const owners = new Int32Array(entries).fill(-1)
  const next = Float64Array.from(preferences, ({ offset }) => offset)
  for (let filled = 0; ; ) {
    for (const [position, { skip }] of preferences.entries()) {
      let entry = next[position] as number
      while (owners[entry] !== -1) entry = (entry + skip) % entries
      owners[entry] = position
      next[position] = (entry + skip) % entries
      if (++filled === entries) return owners
    }
  }
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) return false
  return candidate > 1
}

function primeFrom(least: number): number {
  let candidate = least
  while (!isPrime(candidate)) candidate++
  return candidate
}

const params = {
  entries: count({
    meaning: 'entries of the table, a prime number; at least 100 times the targets keep shares within 1 %',
    default: 65_537,
    min: 2,
    max: '5M',
    source: 'Eisenbud et al. 2016, section 5.3; Envoy `table_size`',
  }),
} satisfies Params

export const maglev = choice({
  name: 'maglev',
  title: 'Maglev',
  summary:
    'The target by the hash of the key in a table of a prime number of entries, which the targets fill in turn, each in an order of its own.',
  source: 'D. E. Eisenbud et al., "Maglev: a fast and reliable software network load balancer", NSDI 2016, section 3.4',
  goodFor: 'even shares and few moves when a target is lost; all balancers with the same targets agree',
  costs: 'a few more keys move than on a ring; the table is filled again at each change',
  seenIn: ['Google Maglev', 'Envoy `MAGLEV`', 'Cilium `maglev`', 'Katran', 'LVS `mh`'],
  aliases: ['maglev-hash'],
  params,
  example: { type: 'maglev', entries: '4093' },
  asks: 'key',
  check({ entries }, report) {
    if (isPrime(entries)) return
    report('entries', `\`entries\` is ${entries}, which is no prime number`, `write \`entries: ${primeFrom(entries)}\``)
  },
  create({ entries }, targets) {
    const { salt } = targets
    const hash: KeyHash = { high: 0, low: 0 }
    const preferences = Array.from({ length: targets.count }, (_, target): Preference => {
      const { high, low } = keyHash(target + 1, salt + 1, hash)
      return { offset: (high >>> 0) % entries, skip: ((low >>> 0) % (entries - 1)) + 1 }
    })
    let owners: Int32Array = new Int32Array(0)
    const onTargets = (available: readonly number[]) => {
      owners = maglevTable(
        available.map((target) => preferences[target] as Preference),
        entries,
      )
    }
    onTargets(targets.available)
    return {
      choose({ key }) {
        const entry = (keyHash(key, salt, hash).high >>> 0) % entries
        return targets.available[owners[entry] as number] as number
      },
      onTargets,
    }
  },
})
