import type { Preset } from '../../support/preset.ts'

/** CPU time to pass one request on and its answer back, without TLS: docs/decisions/0010. */
export const loadBalancerPresets: readonly Preset[] = [
  {
    name: 'haproxy',
    values: { compute: '23us', choice: 'round-robin' },
    source:
      'measured: HAProxy 2.6.12, HTTP/1.1 kept alive on both sides, no TLS, answers of 1 KiB, 16 connections, loopback, one thread, CPU time per request, median of 5 runs (20–26 us; 38 us with one connection), AMD EPYC, November 2026; `balance` defaults to roundrobin',
  },
  {
    name: 'nginx',
    values: { compute: '21us', choice: 'round-robin' },
    source:
      'measured: nginx 1.22.1 as reverse proxy, HTTP/1.1 kept alive on both sides, no TLS, answers of 1 KiB, 16 connections, loopback, one worker, CPU time per request, median of 5 runs (18–23 us; 28 us with one connection), AMD EPYC, November 2026; upstream groups default to round robin',
  },
]
