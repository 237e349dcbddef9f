/** A time of requests is a mean or a percentile. */
export const timeWords = Object.fromEntries(
  ['latency', 'response-time', 'time', 'duration', 'delay', 'response', 'rt'].map((word) => [
    word,
    'write a percentile, `p99`, or the `mean`',
  ]),
)

/** Errors are counted by what is answered. */
export const errorWords = Object.fromEntries(
  ['error-rate', 'errors', 'error', 'failures', 'failed', 'failure-rate'].map((word) => [
    word,
    'write `availability > 99%` for an error rate below 1 %',
  ]),
)
