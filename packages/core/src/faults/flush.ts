import { withoutEffect } from './context.ts'
import { instanceFault } from './fault.ts'
import { nameOf } from './timing.ts'

export const flush = instanceFault({
  name: 'flush',
  title: 'Flush of a cache',
  summary: 'A cache, or one node of it, drops all its entries at once. Loads and writes under way go on.',
  mistakenFor: ['purge', 'clear', 'invalidate', 'evict-all', 'flushall', 'empty'],
  goodFor: 'a purge of a CDN, `FLUSHALL`, a new version of the keys: all requests go to the origin at once',
  costs: 'until the cache has filled again, its origin carries the whole load',
  source: 'R. Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013, section 4.3: cold cluster warm-up',
  example: { flush: 'album', at: '20s' },
  params: {},
  affects: 'entries',
  isMoment: true,
  actsAtOnce: true,
  state: 'flushed',
  stateAfter: 'filling',
  checkContext({ on }, { canAffect }) {
    if (canAffect(on, 'entries')) return []
    const why = `\`${nameOf(on)}\` keeps no entries that can be dropped`
    return [withoutEffect('flush', { field: 'on', why, hint: 'name a cache, such as `flush: album`' })]
  },
  begin(instance) {
    instance.flush()
    return () => undefined
  },
})
