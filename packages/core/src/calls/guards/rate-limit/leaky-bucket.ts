import { count } from '../../../support/params.ts'
import { Bucket } from './bucket.ts'
import { rateLimit, rateLimitMisnomers, rateLimitParams } from './rate-limit.ts'

export const leakyBucket = rateLimit({
  name: 'leaky-bucket',
  title: 'Leaky bucket',
  summary:
    'Each call fills a bucket that leaks at the rate. With `overflow: reject`, 1 + `burst` calls may go at once; with `overflow: block`, calls go one by one at the rate, and `limit` of them wait.',
  source: 'nginx `ngx_http_limit_req_module` (`reject` is `nodelay`; `limit` is its `burst` without it)',
  goodFor: 'callees that want their calls evenly spaced (`overflow: block`)',
  costs: 'spaced calls wait although the callee may be idle',
  seenIn: ['nginx `limit_req`', 'Shopify', 'HAProxy stick tables'],
  example: { type: 'leaky-bucket', rate: '100/s', burst: 20 },
  params: {
    ...rateLimitParams,
    burst: count({
      meaning: 'with `overflow: reject`: calls that may go at once besides the one that the rate allows',
      default: 0,
      min: 0,
      source: 'nginx `burst`, default 0',
    }),
  },
  short: '{rate}',
  misnomers: rateLimitMisnomers,
  check({ burst, overflow }, report) {
    if (burst === 0 || overflow === 'reject') return
    report({
      code: 'field-without-effect',
      severity: 'warning',
      field: 'burst',
      message: '`burst` has no effect: with `overflow: block` calls go one by one',
      hint: `write \`limit: ${burst}\`, the calls that may wait, or \`overflow: reject\``,
    })
  },
  create: ({ rate, burst, overflow }) => new Bucket(rate, overflow === 'reject' ? burst + 1 : 1),
})
