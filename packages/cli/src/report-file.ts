import { accessSync, constants, fstatSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Mistakes, mistake } from './mistakes.ts'
import { noRoom } from './no-room.ts'
import { safe } from './print/page.ts'
import { leadsTo, writeWhole } from './whole-file.ts'

/** The file of a report, written completely or not at all. */
export interface ReportFile {
  readonly path: string
  write(text: string): void
}

export interface ReportFileOptions {
  /** The flag that names the file, as an example in messages. */
  readonly flag?: string
  /** Inputs of the command, which must not be overwritten; `-` for standard input. */
  readonly inputs?: readonly string[]
  /** Other reports of the same command. */
  readonly others?: readonly (ReportFile | null)[]
}

/** Checks before a run that its report can be written. Throws `Mistakes` if not. */
export function reportFile(path: string, options: ReportFileOptions = {}): ReportFile {
  const { flag = '--html report.html', inputs = [], others = [] } = options
  if (path === '-' || path === '') {
    throw mistake('unwritable-report', `a report needs a file name, not \`${path}\``, `name a file: \`${flag}\``)
  }
  const kind = kindOf(path)
  if (kind === 'folder') throw unwritable(path, 'it is a folder', 'name a file in it')
  if (kind === 'other') throw unwritable(path, 'it is not a regular file', 'name another file')
  try {
    accessSync(dirname(kind === 'nothing' ? leadsTo(path) : path), constants.W_OK | constants.X_OK)
    if (kind === 'file') accessSync(path, constants.W_OK)
  } catch (error) {
    throw failed(path, error)
  }
  const taken = [
    ...inputs.map((input) => [placeOf(input), 'the same command reads it'] as const),
    ...others.map((other) => [other && placeOf(other.path), 'another report is written to it'] as const),
    [identity(() => fstatSync(1)), 'standard output is written to it'] as const,
  ]
  const place = placeOf(path)
  for (const [one, why] of taken) if (one !== null && one === place) throw unwritable(path, why, 'name another file')
  return { path, write: (text) => writeReport(path, text) }
}

/** Returns the kind of file that exists at a path. */
function kindOf(path: string): 'nothing' | 'file' | 'folder' | 'other' {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return 'nothing'
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other'
  } catch (error) {
    throw failed(path, error)
  }
}

/** Returns an identity shared by all names and links of a file, or null if its folder does not exist. */
function placeOf(path: string): string | null {
  if (path === '-') return identity(() => fstatSync(0))
  return identity(() => statSync(path)) ?? attempt(() => join(realpathSync(dirname(path)), basename(path)))
}

function identity(look: () => Stats): string | null {
  const found = attempt(look)
  return found?.isFile() === true ? `${found.dev}:${found.ino}` : null
}

function attempt<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}

/** Writes a complete file. Throws `Mistakes` if it cannot be written. */
export function writeReport(path: string, text: string): void {
  try {
    writeWhole(path, text)
  } catch (error) {
    throw failed(path, error)
  }
}

/** A report to write: its file, its name and its text. */
export interface Draft {
  readonly file: ReportFile
  readonly name: string
  readonly text: () => string
}

/**
 * Writes the reports of a command and prints their files. Call it after the answer is printed, so a full disk cannot lose
 * the answer. If a report fails, the others are still written before `Mistakes` are thrown.
 */
export function writeReports(stderr: { write(text: string): unknown }, drafts: readonly Draft[]): void {
  const problems = drafts.flatMap(({ file, name, text }) => {
    try {
      file.write(text())
    } catch (error) {
      if (error instanceof Mistakes) return error.problems
      throw error
    }
    stderr.write(`The ${name} is in ${safe(file.path)}\n`)
    return []
  })
  if (problems.length > 0) throw new Mistakes(problems)
}

function unwritable(path: string, why: string, hint: string): Mistakes {
  return mistake('unwritable-report', `cannot write the report: ${why}`, hint, path)
}

function failed(path: string, error: unknown): Mistakes {
  const { code } = error as NodeJS.ErrnoException
  const room = noRoom(error)
  if (room !== null) return unwritable(path, room.why, room.hint)
  const hint = 'name a file in a folder that exists and is writable'
  if (code === 'ENOENT' || code === 'ENOTDIR') return unwritable(path, 'its folder does not exist', hint)
  if (code === 'EROFS') return unwritable(path, 'the disk is read-only', 'name a file on another disk')
  if (code === 'EACCES' || code === 'EPERM') return unwritable(path, 'permission denied', hint)
  if (code === 'ENAMETOOLONG') return unwritable(path, 'its name is too long', 'shorten the name')
  return unwritable(path, error instanceof Error ? error.message : String(error), hint)
}
