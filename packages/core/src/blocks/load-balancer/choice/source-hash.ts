import { policy } from '../../../support/params.ts'
import { spreads } from '../../spread/index.ts'
import { type KeyHash, keyHash } from '../../spread/spread.ts'
import { choice } from './choice.ts'

export const sourceHash = choice({
  name: 'source-hash',
  title: 'Source hash',
  summary:
    'The target by the hash of the client: each session of a source is a client, and a source without sessions is one. A client stays at its target while the targets stay.',
  source: 'nginx `ngx_http_upstream_module`, `ip_hash`; HAProxy `balance source`',
  goodFor: 'a session at one target without a cookie and without memory in the balancer',
  costs:
    'few clients load the targets unevenly; with `spread: modulo` nearly all clients move when a target comes or goes',
  seenIn: ['HAProxy `balance source`', 'nginx `ip_hash`', 'LVS `sh`', 'Kubernetes `sessionAffinity: ClientIP`'],
  aliases: ['ip-hash', 'source-ip', 'client-hash'],
  params: {
    spread: policy({
      meaning: 'how clients are spread over the targets',
      family: spreads,
      default: 'modulo',
      source: 'HAProxy `hash-type map-based`',
    }),
  },
  example: { type: 'source-hash', spread: 'ring' },
  asks: 'client',
  create({ spread }, targets) {
    const { salt } = targets
    const spreader = spreads.get(spread.name).create(spread.values, salt)
    const hash: KeyHash = { high: 0, low: 0 }
    const onTargets = (available: readonly number[]) => spreader.onMembers(available)
    onTargets(targets.available)
    return {
      choose: ({ client }) => targets.available[spreader.placeOf(keyHash(client, salt, hash))] as number,
      onTargets,
    }
  },
})
