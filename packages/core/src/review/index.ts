import { registry } from '../support/registry.ts'
import { cacheWithoutExpiry } from './cache-without-expiry.ts'
import { highUtilization } from './high-utilization.ts'
import { innerTimeoutLonger } from './inner-timeout-longer.ts'
import { missingSizes } from './missing-sizes.ts'
import { noHealthCheck } from './no-health-check.ts'
import { noNetworkTime } from './no-network-time.ts'
import { retriesHeldBack } from './retries-held-back.ts'
import { retriesMultiply } from './retries-multiply.ts'
import { retriesOfWrites } from './retries-of-writes.ts'
import type { Rule } from './rule.ts'
import { runTooShort } from './run-too-short.ts'
import { singlePointOfFailure } from './single-point-of-failure.ts'
import { unboundedQueue } from './unbounded-queue.ts'

/** What is unwise: one line a rule. */
export const rules = registry<Rule>('review rule', [
  singlePointOfFailure,
  innerTimeoutLonger,
  retriesMultiply,
  retriesOfWrites,
  retriesHeldBack,
  unboundedQueue,
  cacheWithoutExpiry,
  runTooShort,
  highUtilization,
  missingSizes,
  noNetworkTime,
  noHealthCheck,
])
