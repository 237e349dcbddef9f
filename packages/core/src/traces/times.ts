/**
 * Times since the first, in ms, in ascending order. Logs tell whole seconds, and thousands of requests the same one:
 * requests of one time are spread evenly up to the next time that differs, but no farther than the clock of the log can
 * tell times apart. One that is earlier than the one before it comes together with that.
 */
export function spreadTimes(times: Float64Array): Float64Array<ArrayBuffer> {
  const spread = new Float64Array(times.length)
  const start = times[0] as number
  const tick = tickOf(times)
  let from = 0
  while (from < times.length) {
    const at = Math.max((times[from] as number) - start, from === 0 ? 0 : (spread[from - 1] as number))
    let to = from + 1
    while (to < times.length && (times[to] as number) <= (times[from] as number)) to++
    const next = to < times.length ? (times[to] as number) - start : Number.POSITIVE_INFINITY
    const width = Math.max(0, Math.min(next - at, tick))
    for (let i = from; i < to; i++) spread[i] = at + (width * (i - from)) / (to - from)
    from = to
  }
  return spread
}

/** What the clock can tell apart: a second, a tenth, a hundredth of it or, if times are finer still, nothing. */
function tickOf(times: Float64Array): number {
  for (const tick of [1000, 100, 10, 1]) {
    if (times.every((time) => Math.abs(time / tick - Math.round(time / tick)) < 1e-6)) return tick
  }
  return 0
}
