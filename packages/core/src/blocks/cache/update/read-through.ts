import { update } from './update.ts'

export const readThrough = update({
  name: 'read-through',
  title: 'Read-through',
  summary:
    'The caller knows only the cache, which itself asks the origin for what it lacks. Writes pass through it to the origin, and the entry is dropped.',
  source: 'Oracle Coherence, "Developing Applications": read-through caching',
  goodFor: 'callers that should not know where things come from',
  costs: 'a cache that waits for the origin holds a worker for it; without the cache there is no way to the origin',
  seenIn: ['Oracle Coherence', 'Caffeine `LoadingCache`', 'nginx `proxy_cache`', 'pull CDNs'],
  aliases: ['inline'],
  params: {},
  read: [
    { trip: 'get', by: 'caller' },
    { trip: 'load', by: 'cache' },
    { trip: 'put', by: 'cache' },
  ],
  write: [
    { trip: 'ask', by: 'caller' },
    { trip: 'forward', by: 'cache' },
    { trip: 'delete', by: 'cache' },
  ],
})
