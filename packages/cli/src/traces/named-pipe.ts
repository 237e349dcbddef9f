import { closeSync, constants, openSync, readSync, statSync } from 'node:fs'
import { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'

const pollMs = 20

/** Whether something is a named pipe of the user's: what the system names itself, such as `/dev/stdin`, has a writer. */
export function isNamedPipe(path: string): boolean {
  return !path.startsWith('/dev/') && !path.startsWith('/proc/') && statSync(path).isFIFO()
}

/**
 * What is written to a named pipe. It is opened without waiting for a writer: a thread that waits in the system for one
 * keeps the process from ending, whatever signals come. Ends early once `isOver` says so.
 */
export async function* piecesOfPipe(path: string, isOver: () => boolean): AsyncGenerator<Uint8Array> {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const first = await firstWritten(descriptor, isOver)
  if (first === null) {
    closeSync(descriptor)
    return
  }
  if (first.length > 0) yield first
  const socket = new Socket({ fd: descriptor, readable: true, writable: false })
  const watching = setInterval(() => isOver() && socket.destroy(), pollMs)
  try {
    yield* socket as AsyncIterable<Uint8Array>
  } catch (error) {
    // It was closed because nobody wants more.
    if (!isOver()) throw error
  } finally {
    clearInterval(watching)
    socket.destroy()
  }
}

/** The first bytes, none where a writer has come and written nothing yet; null if it is over before. */
async function firstWritten(descriptor: number, isOver: () => boolean): Promise<Uint8Array | null> {
  const chunk = Buffer.alloc(64 * 1024)
  while (!isOver()) {
    try {
      const size = readSync(descriptor, chunk)
      if (size > 0) return chunk.subarray(0, size)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return chunk.subarray(0, 0)
      throw error
    }
    await setTimeout(pollMs)
  }
  return null
}
