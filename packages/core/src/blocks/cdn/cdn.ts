import type { Call } from '../../kernel/call.ts'
import { hashName, hashPair } from '../../kernel/random.ts'
import { createSampler } from '../../support/distributions/index.ts'
import type { BlockType, Site } from '../block.ts'
import { Caches } from '../cache/caches.ts'
import { evictions } from '../cache/eviction/index.ts'
import type { CacheValues } from '../cache/params.ts'
import type { Points } from '../cache/points.ts'
import { callsOf, changes, deriveFields, operationsOf, readsOf, withoutReads } from '../cache/way-out/endpoints.ts'
import { tooSmallForOne } from '../cache/without-effect.ts'
import { type CdnValues, params } from './params.ts'
import { cdnPresets } from './presets.ts'
import { Pushed } from './pushed.ts'
import { pushedFromSeveral, withoutEffect } from './without-effect.ts'

export const cdn = {
  name: 'cdn',
  title: 'Content delivery network',
  summary:
    'Points of presence near the users, each with a cache of its own in front of a distant origin; files are pulled by the first who asks, or pushed to all points.',
  goodFor: 'files that many request from far away: hits save the long way, and the origin',
  costs:
    'every point warms by itself; what changes stays old until its time to live ends or it is purged; traffic has a price',
  seenIn: ['Amazon CloudFront', 'Fastly', 'Cloudflare', 'Akamai'],
  aliases: ['content-delivery-network'],
  example: {
    type: 'cdn',
    of: 'web',
    pops: 30,
    capacity: '100GiB',
    ttl: '1h',
    'edge-latency': '15ms',
    'origin-latency': '60ms',
  },
  presets: cdnPresets,
  params,
  check(values, report) {
    const { content, eviction, names, purge } = values
    const odd = popsOf(values).findIndex(({ capacity }) => (capacity ?? values.capacity).unit !== values.capacity.unit)
    if (odd >= 0)
      report(
        'pops',
        `capacities of PoPs mix bytes and entries: PoP ${odd + 1}`,
        'write all capacities in bytes, or all in entries',
      )
    if (evictions.get(eviction.name).needs?.includes('future'))
      report('eviction', `\`${eviction.name}\` needs the future requests`, 'write `eviction: lru`')
    if (content === 'push' && purge !== undefined)
      report(
        'purge',
        '`purge` has no effect: the next upload replaces a pushed file',
        'remove `purge`, or write `content: pull`',
      )
    if (content === 'push' && names === 'versioned')
      report(
        'names',
        '`names` has no effect: a push replaces a file under its name',
        'remove `names`, or write `content: pull`',
      )
  },
  checkContext: (values: CdnValues, around) => [
    ...withoutEffect(values),
    ...tooSmallForOne(values, around),
    ...withoutReads(values),
    ...pushedFromSeveral(values),
  ],
  deriveFields,
  operations: operationsOf,
  defaultOperation: 'read',
  changes,
  calls: callsOf,
  demands: (values: CdnValues) =>
    readsOf(values).map((operation) => ({
      operation,
      resource: 'cores',
      capacity: values.cores * popsOf(values).length,
      perCallMs: createSampler(values.compute).mean,
    })),
  draws: ({ compute, 'edge-latency': edge, 'origin-latency': origin }) => [
    { distribution: compute, perCall: 1 },
    { distribution: edge, perCall: 2 },
    { distribution: origin, perCall: 2 },
  ],
  affectedBy: ({ content }) => (content === 'push' ? [] : ['entries']),
  measured: ({ purge }) => [
    'cores',
    'waiting',
    'storage',
    ...['hits', 'misses', 'shown', 'stale'],
    ...(purge === undefined ? [] : ['invalidated', 'changes-heard']),
  ],
  instances: (values) => popsOf(values).length,
  pricesPerCount: ({ price, 'origin-price': originPrice, content }) => [
    { counter: 'bytes-out', price, what: 'traffic to users' },
    { counter: 'bytes-from-origin', price: originPrice, what: 'traffic from origin' },
    ...(content === 'push' ? [{ counter: 'bytes-uploaded', price: originPrice, what: 'uploads' }] : []),
  ],
  risks: {
    takesNetworkTime: true,
    spare: null,
    copies: ({ of, ttl, content, upload }) =>
      content === 'push' ? { of, ttlMs: undefined, isNotifiedOfChanges: upload.lost === 0 } : { of, ttlMs: ttl },
    sizesMatter: ({ capacity }) =>
      capacity.unit === 'bytes' ? { field: 'capacity', keeps: 'object-size' } : undefined,
    answerHasSize: (values: CdnValues, operation) => readsOf(values).some((name) => name === operation),
  },
  create(values: CdnValues, site) {
    const points = pointsOfPresence(values, site)
    const { content } = values
    return new Caches(cacheOf(values), site, {
      points,
      ...(content === 'push' ? { holdings: (nodes) => new Pushed(values, site, nodes) } : {}),
    })
  },
} as const satisfies BlockType<typeof params>

type Pop = Exclude<CdnValues['pops'], number>[number]

function popsOf({ pops }: CdnValues): readonly Pop[] {
  return typeof pops === 'number'
    ? Array.from({ length: pops }, () => ({ weight: 1, 'edge-latency': undefined, capacity: undefined }))
    : pops
}

const userSite = hashName('point of a user')

/** Users stay with their point: those of a session together, others each for himself. */
function pointsOfPresence(values: CdnValues, site: Site): Points {
  const pops = popsOf(values)
  const sum = pops.reduce((total, { weight }) => total + weight, 0) || 1
  const shares = pops.map(({ weight }) => weight / sum)
  const { random } = site.simulation
  const callPath = hashPair(site.hash, userSite)
  return {
    count: pops.length,
    nodeOf(call: Call) {
      const user = call.session > 0 ? call.session : call.request
      let at = random.at(user, call.session > 0 ? callPath : hashPair(call.callPath, callPath), userSite).next()
      let node = 0
      while (node < shares.length - 1 && at >= (shares[node] as number)) at -= shares[node++] as number
      return node
    },
    shareOf: (node) => shares[node] as number,
    capacities: pops.map(({ capacity }) => (capacity ?? values.capacity).amount),
    edgeLatencies: pops.map((pop) => createSampler(pop['edge-latency'] ?? values['edge-latency'])),
    originLatency: createSampler(values['origin-latency']),
    validates: values.revalidation === 'conditional',
    renamedAfterMs: values.names === 'versioned' ? values.rewrite : null,
  }
}

/** A point as a cache. */
function cacheOf(values: CdnValues): CacheValues {
  const { purge } = values
  return {
    of: values.of,
    endpoints: values.endpoints,
    update: { name: 'read-through', values: {} },
    writes: { name: 'write-around', values: {} },
    eviction: values.eviction,
    capacity: values.capacity,
    instances: 1,
    spread: { name: 'modulo', values: {} },
    per: undefined,
    ttl: values.ttl,
    'ttl-jitter': 0,
    expiry: 'absolute',
    'stale-while-revalidate': values['stale-while-revalidate'],
    'negative-ttl': undefined,
    invalidation: purge === undefined ? undefined : { by: 'key', then: 'drop', delay: purge.delay, lost: purge.lost },
    'single-flight': values['single-flight'],
    'when-down': 'refuse',
    start: values.content === 'push' ? 'empty' : values.start,
    compute: values.compute,
    cores: values.cores,
    workers: 'unlimited',
    'object-size': values['object-size'],
    price: undefined,
  }
}
