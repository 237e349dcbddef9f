import { Worker } from 'node:worker_threads'
import { threadsWithRoom } from './threads/address-space.ts'

/** What is over sooner needs no words. */
const patienceMs = 1500
const longestSilenceMs = 10_000

interface Saying {
  readonly ended: Int32Array
  readonly what: string
  readonly firstMs: number
  readonly longestMs: number
}

/**
 * Does work that keeps this thread from saying anything, and says on standard error what it is, from another thread:
 * after a while, and again and again as long as it lasts.
 */
export function whileSaying<T>(what: string, work: () => T): T {
  if (threadsWithRoom(1) === 0) return work()
  const ended = new Int32Array(new SharedArrayBuffer(4))
  const firstMs = Math.max(patienceMs / 3, patienceMs - performance.now())
  const workerData: Saying = { ended, what, firstMs, longestMs: longestSilenceMs }
  // The text of a function, so that it needs no file of its own and nothing that takes time to load.
  const program = `(${keepSaying})(require('node:worker_threads').workerData, require('node:fs').writeSync)`
  const speaker = new Worker(program, { eval: true, workerData, execArgv: [], env: {} })
  speaker.unref()
  // Without it the work goes on in silence.
  speaker.on('error', () => {})
  try {
    return work()
  } finally {
    Atomics.store(ended, 0, 1)
    Atomics.notify(ended, 0)
  }
}

/** Runs on a thread that knows nothing of this file. */
function keepSaying(
  { ended, what, firstMs, longestMs }: Saying,
  write: (descriptor: number, text: string) => number,
): void {
  const beganMs = Date.now()
  let waitMs = firstMs
  while (Atomics.wait(ended, 0, 0, waitMs) === 'timed-out') {
    try {
      write(2, `${what}, ${Math.round((Date.now() - beganMs) / 1000)} s so far\n`)
    } catch {
      return
    }
    waitMs = Math.min(longestMs, Date.now() - beganMs)
  }
}
