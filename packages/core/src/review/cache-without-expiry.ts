import type { Flow } from '../before-run/flows.ts'
import { blockNamed } from '../before-run/named.ts'
import { changesStored, isMadeFor, kindsIn, risksOf } from './paths.ts'
import { type Observation, rule } from './rule.ts'

export const cacheWithoutExpiry = rule({
  name: 'cache-without-expiry',
  title: 'A cache whose entries never go out of date',
  summary: 'A cache has no time to live, and what it keeps is written past it, or not written at all in this design.',
  why: 'An entry stays until it is evicted for want of room: for what is requested often that is forever, however old it is.',
  remedy:
    'Give it a `ttl`, or let what writes go through the cache, which then drops the entry, or tell it of every change by `invalidation`.',
  source: 'R. Nishtala et al., “Scaling Memcache at Facebook”, NSDI 2013, section 3.2',
  examples: {
    unwise: `loadpath: 1
name: old pictures
traffic: { visitors: { rate: 100/s, requests: { view: { to: album, key: zipf 0.9 over 10k }, change: { to: photos.write } } } }
blocks:
  album: { type: cache, of: photos, capacity: 1k }
  photos: { type: database }
`,
    wise: `loadpath: 1
name: pictures of the last minute
traffic: { visitors: { rate: 100/s, requests: { view: { to: album, key: zipf 0.9 over 10k }, change: { to: photos.write } } } }
blocks:
  album: { type: cache, of: photos, capacity: 1k, ttl: 1m }
  photos: { type: database }
`,
  },
  look({ design, flows }) {
    return design.blocks.flatMap((block): readonly Observation[] => {
      const copies = risksOf(block).copies?.(block.values as never)
      if (copies === undefined || copies.ttlMs !== undefined || copies.isNotifiedOfChanges === true) return []
      const passes = (flow: Flow) => flow.block !== block.name && isMadeFor(flow, block.name)
      const behind = new Set([copies.of.block, ...flows.filter(passes).map((flow) => flow.block)])
      const changes = flows.filter((flow) => {
        const changed = blockNamed(design, flow.block)
        return changed !== undefined && changesStored(changed, flow.operation)
      })
      const bypassing = changes.filter((flow) => behind.has(flow.block) && !passes(flow))
      const at = `${block.name}.ttl`
      if (bypassing.length > 0) {
        const where = new Set(bypassing.map((flow) => `\`${flow.block}\``))
        const what = `\`${block.name}\` keeps entries forever, and ${kindsIn(bypassing)} changes ${[...where].join(' and ')} past it`
        return [{ at, severity: 'warning', what }]
      }
      if (changes.some((flow) => flow.block === block.name)) return []
      const what = `\`${block.name}\` keeps entries forever, and nothing in this design changes what it keeps`
      return [{ at, severity: 'note', what }]
    })
  },
})
