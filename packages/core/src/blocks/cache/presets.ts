import type { Preset } from '../../support/preset.ts'

/** CPU time of one operation, without the network: docs/decisions/0010. */
export const cachePresets: readonly Preset[] = [
  {
    name: 'redis',
    values: { compute: '11us', cores: 1, workers: 1 },
    source:
      'measured: Redis 7.0.15, redis-benchmark GET and SET of 1 KiB, 50 clients, no pipelining, loopback, CPU time of the server per operation, median of 5 runs (9.8–12.3 us; 15 us with one client), AMD EPYC, November 2026; commands run on one thread',
  },
  {
    name: 'memcached',
    values: { compute: '12us', cores: 4 },
    source:
      'measured: memcached 1.6.18, get and set of 1 KiB, text protocol, one client, loopback, CPU time of the server per operation, median of 5 runs (11.2–14.4 us), AMD EPYC, November 2026; it starts 4 threads by default',
  },
  {
    name: 'varnish',
    values: {
      compute: '27us',
      cores: 4,
      update: 'read-through',
      eviction: 'lru',
      ttl: '120s',
      'stale-while-revalidate': '10s',
      'single-flight': 'per-key',
    },
    source:
      'measured: Varnish 7.1.1, hits of 1 KiB, HTTP/1.1 kept alive, ab with 16 connections, loopback, CPU time of the server per request, median of 5 runs (24–37 us), AMD EPYC, November 2026; default_ttl 120 s, default_grace 10 s, misses of one object wait for its fetch',
  },
  {
    name: 'nginx',
    values: { compute: '19us', cores: 1, update: 'read-through', eviction: 'lru', 'single-flight': 'none' },
    source:
      'measured: nginx 1.22.1 with proxy_cache, hits of 1 KiB, HTTP/1.1 kept alive, ab with 16 connections, loopback, one worker, CPU time per request, median of 5 runs (16–20 us), AMD EPYC, November 2026; proxy_cache_lock defaults to off; the least recently used entries go first',
  },
]
