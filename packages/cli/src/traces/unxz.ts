import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** The program that decompresses xz. */
const program = 'xz'
/** A dictionary of more memory than the largest preset needs could fill that of the machine. */
const options = ['--decompress', '--stdout', '--memlimit-decompress=256MiB']

/** Thrown where the program `xz` is not on the PATH. */
export class NoXz extends Error {
  override readonly name = 'NoXz'
}

/**
 * Decompresses xz as its bytes come, by the program `xz`.
 * @throws NoXz, or an `Error` with what the program says of a damaged file.
 */
export async function* unxzed(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const child = spawn(program, options, { stdio: ['pipe', 'pipe', 'pipe'] })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => void said.push(text))
  const ended = new Promise<Error | null>((resolve) => {
    child.once('error', (error) => resolve(failureOf(error)))
    child.once('close', (status) => resolve(status === 0 ? null : new Error(whatXzSaid(said.join('')))))
  })
  const fed = feed(pieces, child.stdin)
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>
    const failure = await ended
    if (failure !== null) throw failure
    const unread = await fed
    if (unread !== null) throw unread
  } finally {
    child.kill()
  }
}

/** Decompresses a whole file; null if it would be longer than `most` bytes. Throws like `unxzed`. */
export function unxz(bytes: Uint8Array, most: number): Uint8Array | null {
  const { error, status, stdout, stderr } = spawnSync(program, options, { input: bytes, maxBuffer: most })
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOBUFS') return null
  if (error !== undefined) throw failureOf(error)
  if (status !== 0) throw new Error(whatXzSaid(stderr.toString('utf8')))
  return stdout
}

/** Writes as fast as the program takes it; what went wrong in reading. A program that ends early says why itself. */
async function feed(pieces: AsyncGenerator<Uint8Array>, into: Writable): Promise<unknown> {
  into.on('error', () => undefined)
  try {
    for await (const piece of pieces) {
      if (into.destroyed) return null
      if (!into.write(piece)) await Promise.race([once(into, 'drain'), once(into, 'close')])
    }
    into.end()
    return null
  } catch (error) {
    into.end()
    return error
  }
}

function failureOf(error: Error): Error {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' ? new NoXz('the program `xz` is not installed') : error
}

/** `xz: (stdin): Unexpected end of input` without the name of the program. */
function whatXzSaid(text: string): string {
  return (
    text
      .trim()
      .split('\n')[0]
      ?.replace(/^xz: \(stdin\): /, '')
      .replace(/^./, (first) => first.toLowerCase()) || 'it ends too early'
  )
}
