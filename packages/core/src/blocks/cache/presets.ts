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
]
