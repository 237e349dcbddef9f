import { createReadStream, statSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { commandLine } from '../conclude.ts'
import { Mistakes, mistake } from '../mistakes.ts'
import { isNamedPipe, piecesOfPipe } from './named-pipe.ts'
import { NoXz, unxzed } from './unxz.ts'
import { Unzstd } from './unzstd.ts'

/** Bytes of a trace, read from a file or from standard input as they are needed. */
export interface TraceFile {
  /** As messages name it. */
  readonly name: string
  /** Without the ending of its compression. */
  readonly bareName: string
  /** Bytes in the file, as compressed as they lie there; NaN where nobody knows. */
  readonly bytes: number
  /** Whether it can be read once more. */
  readonly isRepeatable: boolean
  /** What it holds, decompressed. `onRead` hears how many bytes of the file have been read; `isOver` ends waiting for a writer. */
  pieces(onRead?: (bytes: number) => void, isOver?: () => boolean): AsyncGenerator<Uint8Array>
}

const pieceBytes = 256 * 1024

/** Opens a trace: a file, or `-` for standard input. */
export function openTrace(argument: string): TraceFile {
  if (argument === '-') {
    return {
      name: '<stdin>',
      bareName: '',
      bytes: Number.NaN,
      isRepeatable: false,
      pieces: (onRead) => piecesOf('<stdin>', process.stdin, onRead),
    }
  }
  const size = sizeOf(argument)
  // What comes through a pipe comes once.
  return {
    name: argument,
    bareName: argument.replace(/\.(gz|zst|xz|bz2)$/i, ''),
    bytes: size,
    isRepeatable: !Number.isNaN(size),
    pieces: (onRead, isOver = () => false) => {
      const stream = isNamedPipe(argument)
        ? piecesOfPipe(argument, isOver)
        : createReadStream(argument, { highWaterMark: pieceBytes })
      return piecesOf(argument, stream, onRead)
    },
  }
}

function sizeOf(path: string): number {
  let found: ReturnType<typeof statSync>
  try {
    found = statSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
  if (!found.isDirectory()) return found.isFile() ? found.size : Number.NaN
  throw mistake('unreadable-trace', 'it is a folder', 'name a file in it', path)
}

async function* piecesOf(
  name: string,
  stream: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const reading = counted(name, stream, onRead)
  const first = await atLeast(4, reading)
  const compression = compressions.find(({ magic }) => magic.every((byte, i) => first[i] === byte))
  yield* compression === undefined ? withFirst(first, reading) : compression.decompress(name, withFirst(first, reading))
}

async function* counted(
  name: string,
  stream: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  try {
    for await (const piece of stream) {
      bytes += piece.length
      onRead(bytes)
      yield piece
    }
  } catch (error) {
    // Somebody has closed it: what was read is all there is.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw unreadable(name, error)
  }
}

/** The first pieces together, until they are long enough to tell what they are. */
async function atLeast(bytes: number, reading: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array(0)
  while (first.length < bytes) {
    const { value, done } = await reading.next()
    if (done === true) break
    first = first.length === 0 ? value : Buffer.concat([first, value])
  }
  return first
}

async function* withFirst(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first
  yield* rest
}

interface Compression {
  readonly magic: readonly number[]
  readonly decompress: (name: string, pieces: AsyncGenerator<Uint8Array>) => AsyncGenerator<Uint8Array>
}

/** Known by how a file begins, whatever its name is. */
const compressions: readonly Compression[] = [
  { magic: [0x1f, 0x8b], decompress: gunzipped },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], decompress: unzstded },
  { magic: [0xfd, 0x37, 0x7a, 0x58], decompress: xzRead },
  { magic: [0x42, 0x5a, 0x68], decompress: refused },
]

async function* gunzipped(name: string, pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unzip = createGunzip()
  const failed = feed(pieces, unzip)
  try {
    yield* unzip as AsyncIterable<Uint8Array>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') throw broken(name, 'gzip', 'it ends too early')
    if (/^Z_/.test((error as NodeJS.ErrnoException).code ?? '')) throw broken(name, 'gzip', (error as Error).message)
    throw error
  } finally {
    unzip.destroy()
  }
  await failed
}

/** Writes as fast as what is written is taken; what goes wrong in reading goes wrong where it is read. */
async function feed(pieces: AsyncGenerator<Uint8Array>, into: ReturnType<typeof createGunzip>): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (into.destroyed) return
      if (!into.write(piece)) await new Promise((go) => into.once('drain', go).once('close', go))
    }
    into.end()
  } catch (error) {
    into.destroy(error as Error)
  }
}

async function* unzstded(name: string, pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unzstd = new Unzstd()
  for await (const piece of pieces) yield* explained(name, unzstd.push(piece))
  try {
    unzstd.end()
  } catch (error) {
    throw broken(name, 'zstd', messageOf(error))
  }
}

/** Only what the decoder throws is a damaged file: not what happens to what it gives. */
function* explained(name: string, parts: Generator<Uint8Array>): Generator<Uint8Array> {
  for (;;) {
    let next: IteratorResult<Uint8Array>
    try {
      next = parts.next()
    } catch (error) {
      throw broken(name, 'zstd', messageOf(error))
    }
    if (next.done === true) return
    yield next.value
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function* xzRead(name: string, pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* unxzed(pieces)
  } catch (error) {
    if (error instanceof NoXz) {
      const hint = 'install `xz`, or recompress the file with gzip or zstd'
      throw mistake('unknown-compression', `the program \`xz\` is not on the PATH`, hint, name)
    }
    if (error instanceof Mistakes) throw error
    throw broken(name, 'xz', messageOf(error))
  }
}

// biome-ignore lint/correctness/useYield: it ends before there is anything to give
async function* refused(name: string): AsyncGenerator<Uint8Array> {
  const compression = 'bzip2'
  const command = commandLine([compression, '-dc', name === '<stdin>' ? 'FILE' : name])
  throw mistake(
    'unknown-compression',
    `unsupported compression ${compression}`,
    `decompress it in a pipe: \`${command} | loadpath trace -\``,
    name,
  )
}

function broken(name: string, compression: string, why: string): Mistakes {
  const hint = `fetch the file again, and test it with \`${compression} -t\``
  return mistake('broken-trace', `the ${compression} file is damaged or cut off: ${why}`, hint, name)
}

function unreadable(name: string, error: unknown): Mistakes {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return mistake('unreadable-trace', 'file not found', 'check the spelling and the current folder', name)
  }
  const message = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : `it cannot be read (${code})`
  return mistake('unreadable-trace', message, "check the file's permissions", name)
}
