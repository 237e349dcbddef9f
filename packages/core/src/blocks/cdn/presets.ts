import type { Preset } from '../../support/preset.ts'

/** Published prices and defaults; prices are those on demand, for the first terabytes in North America and Europe. */
export const cdnPresets: readonly Preset[] = [
  {
    name: 'cloudfront',
    values: { ttl: '24h', price: '$0.085/GB', 'single-flight': 'per-key' },
    source:
      'Amazon CloudFront: pricing page, data transfer out to the internet, first 10 TB a month, $0.085/GB; developer guide, default TTL 86,400 s, simultaneous requests for one object are collapsed',
  },
  {
    name: 'fastly',
    values: { ttl: '1h', price: '$0.12/GB', 'single-flight': 'per-key', purge: { delay: '150ms' } },
    source:
      'Fastly: pricing page, bandwidth in North America and Europe, first 10 TB a month, $0.12/GB; documentation, default TTL 3,600 s, request collapsing, purges within about 150 ms worldwide',
  },
]
