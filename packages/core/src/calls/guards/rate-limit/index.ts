import { registry } from '../../../support/registry.ts'
import { leakyBucket } from './leaky-bucket.ts'
import type { RateLimit } from './rate-limit.ts'
import { slidingWindow } from './sliding-window.ts'
import { tokenBucket } from './token-bucket.ts'

export const rateLimits = registry<RateLimit>('rate limit', [tokenBucket, leakyBucket, slidingWindow])
