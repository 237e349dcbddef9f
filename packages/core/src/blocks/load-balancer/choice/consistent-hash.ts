import { count, either, factor, choice as word } from '../../../support/params.ts'
import { Ring } from '../../spread/ring.ts'
import { type KeyHash, keyHash } from '../../spread/spread.ts'
import { choice } from './choice.ts'

export const consistentHash = choice({
  name: 'consistent-hash',
  title: 'Consistent hash with bounded loads',
  summary:
    'The target whose place on a ring comes next after the hash of the key. With `bound`, a target with more than so many times the mean of the calls outstanding is passed over for the next one on the ring.',
  source:
    'V. Mirrokni, M. Thorup, M. Zadimoghaddam, "Consistent hashing with bounded loads", SODA 2018, arXiv:1608.01350',
  goodFor: 'targets that keep what was requested, such as caches: few keys move when a target comes or goes',
  costs: 'without `bound`, a popular key overloads its target; with it, popular keys are at several targets',
  seenIn: [
    'HAProxy `hash-type consistent`',
    'HAProxy `hash-balance-factor`',
    'nginx `hash … consistent`',
    'Envoy `RING_HASH`',
  ],
  aliases: ['ring-hash', 'bounded-loads', 'uri-hash', 'url-hash'],
  params: {
    bound: either({
      meaning: 'most calls outstanding at a target, relative to the mean of all with the new call, rounded up',
      of: [factor({ meaning: 'times the mean', above: 1, max: 1000 }), word({ meaning: 'how', words: ['unlimited'] })],
      default: 'unlimited',
    }),
    'virtual-nodes': count({
      meaning: 'places of each target on the ring',
      default: 160,
      min: 1,
      max: 10_000,
      source: 'libketama: 160 points for each server',
    }),
  },
  example: { type: 'consistent-hash', bound: '1.25' },
  asks: 'key',
  create({ bound, 'virtual-nodes': virtualNodes }, targets) {
    const { salt, outstanding } = targets
    const places = new Ring(virtualNodes, salt)
    const isAvailable = new Uint8Array(targets.count)
    /** Calls outstanding at the available targets. */
    let total = 0
    const onTargets = (available: readonly number[]) => {
      places.onMembers(available)
      isAvailable.fill(0)
      total = 0
      for (const target of available) {
        isAvailable[target] = 1
        total += outstanding[target] as number
      }
    }
    onTargets(targets.available)
    const hash: KeyHash = { high: 0, low: 0 }
    return {
      choose({ key }) {
        const { available } = targets
        let place = places.placeAfter(keyHash(key, salt, hash).high)
        const most = bound === 'unlimited' ? bound : Math.ceil((bound * (total + 1)) / available.length)
        for (;;) {
          const target = available[places.ownerOf(place)] as number
          if (most === 'unlimited' || (outstanding[target] as number) < most) return target
          place = places.placeBehind(place)
        }
      },
      onSent(target) {
        total += isAvailable[target] as number
      },
      onDone(target) {
        total -= isAvailable[target] as number
      },
      onTargets,
    }
  },
})
