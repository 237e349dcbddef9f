import { isUtf8 } from 'node:buffer'
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { FileReader } from '@loadpath/core'
import { type Mistakes, mistake } from './mistakes.ts'
import { safe } from './print/page.ts'
import { readDataFile } from './traces/data-file.ts'
import { whileSaying } from './while-saying.ts'

/** The text of a design and its files. */
export interface DesignText {
  /** The file name in messages. */
  readonly file: string
  readonly text: string
  /** Reads a file in the folder of the design; undefined if there is none, or if it lies outside. */
  readonly readFile: FileReader
  /** Every file that has been read for it so far, `-` for standard input. */
  readonly inputs: () => readonly string[]
  /** Where to write it back; undefined for standard input. */
  readonly path: string | undefined
}

/** Largest text of a design, bytes: people write designs. */
const largestDesign = 1024 * 1024
const largestDataFile = 16 * 1024 * 1024

/** Finds and reads a design: a file, a folder that holds exactly one, or `-` for standard input. */
export function readDesignText(argument: string): DesignText {
  if (argument === '-') return { ...standardInput(), path: undefined }
  const path = findDesign(argument)
  refuseLinkOut(path)
  const text = readBounded(path, argument)
  const opened = new Set([path])
  return { file: path, text, readFile: readerWithin(dirname(path), opened), inputs: () => [...opened], path }
}

function standardInput(): Omit<DesignText, 'path'> {
  const read = () => readDescriptor(0)
  const isFile = fstatSync(0).isFile()
  const text = attempt(
    () => (isFile ? read() : whileSaying('waiting for a design on standard input', read)),
    '-',
    'standard input',
  )
  const opened = new Set(['-'])
  return { file: '<stdin>', text, readFile: readerWithin(process.cwd(), opened), inputs: () => [...opened] }
}

function findDesign(argument: string): string {
  const found = attempt(() => statSync(argument), argument, argument)
  if (!found.isDirectory()) return argument
  const names = attempt(() => readdirSync(argument), argument, argument)
    .filter((name) => name === 'loadpath.yaml' || name.endsWith('.loadpath.yaml'))
    .sort()
  const [first, ...others] = names
  if (first === undefined) {
    const hint = 'name the file, or write a design with `loadpath init`'
    throw mistake('no-design', 'the folder has no `loadpath.yaml` and no `*.loadpath.yaml`', hint, argument)
  }
  if (others.length > 0) {
    const list = names.slice(0, 5).map((name) => `\`${join(argument, name)}\``)
    const more = names.length > list.length ? ` and ${names.length - list.length} more` : ''
    throw mistake(
      'several-designs',
      `the folder has ${names.length} designs`,
      `name one of ${list.join(', ')}${more}`,
      argument,
    )
  }
  const path = join(argument, first)
  if (attempt(() => statSync(path), path, path).isDirectory()) {
    throw mistake('unreadable-design', 'it is a folder, not a file', 'rename the folder, or name a file', path)
  }
  return path
}

/** Rejects a link out of its folder: messages quote the design and must not show other files. `/dev/stdin` is a link too. */
function refuseLinkOut(path: string): void {
  const folder = attempt(() => realpathSync(dirname(path)), path, path)
  if (isOfSystem(folder)) return
  const leads = attempt(
    () => (lstatSync(path).isSymbolicLink() ? relative(folder, realpathSync(path)) : ''),
    path,
    path,
  )
  if (leads !== '..' && !leads.startsWith(`..${sep}`) && resolve(leads) !== leads) return
  const hint = 'name the target of the link'
  throw mistake('unreadable-design', 'the link points outside its folder', hint, path)
}

function readBounded(path: string, argument: string): string {
  return attempt(
    () => {
      const isNamedPipe = statSync(path).isFIFO() && !isOfSystem(path)
      // A named pipe that nobody writes to would hold up an ordinary open, without a word.
      const descriptor = openSync(path, isNamedPipe ? constants.O_RDONLY | constants.O_NONBLOCK : 'r')
      try {
        const stat = fstatSync(descriptor)
        if (stat.isFile() && stat.size > largestDesign) throw tooLarge(path)
        if (stat.isFile()) return readDescriptor(descriptor, path)
        return whileSaying(`waiting for a design to be written to ${safe(path)}`, () =>
          readDescriptor(descriptor, path, isNamedPipe ? awaitWriter(descriptor) : undefined),
        )
      } finally {
        closeSync(descriptor)
      }
    },
    argument,
    path,
  )
}

/** Standard input and process substitution have names there. */
function isOfSystem(folder: string): boolean {
  return folder.startsWith('/dev') || folder.startsWith('/proc')
}

/** Waits until a named pipe has a writer. Returns what came first. */
function awaitWriter(descriptor: number): Buffer<ArrayBuffer> {
  const chunk = Buffer.alloc(64 * 1024)
  for (;;) {
    try {
      const size = readSync(descriptor, chunk)
      if (size > 0) return chunk.subarray(0, size)
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') return Buffer.alloc(0)
      throw error
    }
    Atomics.wait(pause, 0, 0, pollMs)
  }
}

/** Reads to the end, up to the largest design: pipes and devices have no known size. */
function readDescriptor(descriptor: number, name = '<stdin>', first: Buffer = Buffer.alloc(0)): string {
  const chunks: Buffer[] = [first]
  let { length } = first
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024)
    const size = readSome(descriptor, chunk)
    if (size === 0) break
    chunks.push(chunk.subarray(0, size))
    length += size
    if (length > largestDesign) throw tooLarge(name)
  }
  return textOf(Buffer.concat(chunks), name)
}

/** Returns the text of UTF-8 bytes. Throws `Mistakes` instead of replacing invalid bytes. */
function textOf(bytes: Buffer, name: string): string {
  const text = bytes.toString('utf8')
  if (isUtf8(bytes)) return text
  const read = Buffer.from(text)
  const at = bytes.findIndex((byte, i) => byte !== read[i])
  const before = bytes.subarray(0, at).toString('utf8').split('\n')
  const where = `line ${before.length}, column ${[...(before.at(-1) ?? '')].length + 1}`
  throw mistake('unreadable-design', `${where} is not UTF-8`, 'save the file as UTF-8', name)
}

const pause = new Int32Array(new SharedArrayBuffer(4))
const pollMs = 10

/** Reads from a descriptor, and polls while a pipe has no data. */
function readSome(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk)
    } catch (error) {
      if (codeOf(error) === 'EOF') return 0
      if (codeOf(error) !== 'EAGAIN') throw error
      Atomics.wait(pause, 0, 0, pollMs)
    }
  }
}

function tooLarge(name: string): Mistakes {
  const hint = 'move long lists of values to a file in the same folder, and name that file'
  return mistake('too-large', 'the design is larger than 1 MiB', hint, name)
}

/** Returns a reader of files in a folder and below it, even through `..` and links. Files read are added to `opened`. */
export function readerWithin(folder: string, opened: Set<string> = new Set()): FileReader {
  const known = new Map<string, ReturnType<NonNullable<FileReader['bytes']>>>()
  const text = (path: string): string | undefined => {
    const found = fileWithin(folder, path)
    if (found === undefined) return undefined
    opened.add(found.target)
    // One character more than allowed makes the reader of the design report the size.
    return found.size > largestDataFile ? ' '.repeat(largestDataFile + 1) : readFileSync(found.target, 'utf8')
  }
  const bytes: NonNullable<FileReader['bytes']> = (path) => {
    if (!known.has(path)) {
      const found = fileWithin(folder, path)
      if (found !== undefined) opened.add(found.target)
      known.set(path, found && readDataFile(found.target, found.size))
    }
    return known.get(path)
  }
  return Object.assign(text, { bytes })
}

function fileWithin(folder: string, path: string): { target: string; size: number } | undefined {
  try {
    const root = realpathSync(folder)
    const target = realpathSync(resolve(root, path))
    const inside = relative(root, target)
    if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside)
      return undefined
    const stat = statSync(target)
    accessSync(target, constants.R_OK)
    return stat.isFile() ? { target, size: stat.size } : undefined
  } catch {
    return undefined
  }
}

function attempt<T>(read: () => T, argument: string, path: string): T {
  try {
    return read()
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    throw mistake(...whatWentWrong(code), argument === '-' ? path : argument)
  }
}

function whatWentWrong(code: string): [code: string, message: string, hint: string] {
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return ['no-design', 'file or folder not found', 'check the spelling and the current folder']
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return ['unreadable-design', 'permission denied', 'check the permissions: `chmod u+r` allows reading']
  }
  if (code === 'EISDIR') {
    return ['unreadable-design', 'it is a folder, not a file', 'name a file']
  }
  if (code === 'ELOOP') return ['unreadable-design', 'the link points to itself', 'name a file']
  return [
    'unreadable-design',
    `it cannot be read (${code})`,
    'name a readable file, a folder, or `-` for standard input',
  ]
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
