import { accessSync, constants, fstatSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Mistakes, mistake } from './mistakes.ts'
import { noRoom } from './no-room.ts'
import { safe } from './print/page.ts'
import { leadsTo, writeWhole } from './whole-file.ts'

/** A file that a report will be written to: whole, or not at all. */
export interface ReportFile {
  readonly path: string
  write(text: string): void
}

export interface ReportFileOptions {
  /** As a message shows how one names it. */
  readonly flag?: string
  /** What the call reads, and must not be written over; `-` for standard input. */
  readonly inputs?: readonly string[]
  /** Where else the call writes to. */
  readonly others?: readonly (ReportFile | null)[]
}

/** Finds out before a run whether its report can be written afterwards; throws `Mistakes` if not. */
export function reportFile(path: string, options: ReportFileOptions = {}): ReportFile {
  const { flag = '--html report.html', inputs = [], others = [] } = options
  if (path === '-' || path === '') {
    throw mistake('unwritable-report', 'a report is written to a file', `name one, such as \`${flag}\``)
  }
  const kind = kindOf(path)
  if (kind === 'folder') throw unwritable(path, 'it is a folder', 'name a file in it')
  if (kind === 'other') throw unwritable(path, 'it is not a file', 'name another one')
  try {
    accessSync(dirname(kind === 'nothing' ? leadsTo(path) : path), constants.W_OK | constants.X_OK)
    if (kind === 'file') accessSync(path, constants.W_OK)
  } catch (error) {
    throw failed(path, error)
  }
  const taken = [
    ...inputs.map((input) => [placeOf(input), 'it is a file that this call reads'] as const),
    ...others.map((other) => [other && placeOf(other.path), 'another report of this call goes there'] as const),
    [identity(() => fstatSync(1)), 'the answer is printed into it'] as const,
  ]
  const place = placeOf(path)
  for (const [one, why] of taken) if (one !== null && one === place) throw unwritable(path, why, 'name another file')
  return { path, write: (text) => writeReport(path, text) }
}

/** What stands in the place of the report now. */
function kindOf(path: string): 'nothing' | 'file' | 'folder' | 'other' {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return 'nothing'
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other'
  } catch (error) {
    throw failed(path, error)
  }
}

/** The same for all names of a file, through links too; null where there is none. */
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

/** Writes a file whole; throws `Mistakes` where it cannot be written. */
export function writeReport(path: string, text: string): void {
  try {
    writeWhole(path, text)
  } catch (error) {
    throw failed(path, error)
  }
}

/** A report, what it is called, and how it is made. */
export interface Draft {
  readonly file: ReportFile
  readonly name: string
  readonly text: () => string
}

/**
 * Writes the reports of a call and says where they are. To be called when the answer has been printed, so that no disk
 * takes it away; where one cannot be written the others are, before `Mistakes` are thrown.
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
  return mistake('unwritable-report', `the report cannot be written: ${why}`, hint, path)
}

function failed(path: string, error: unknown): Mistakes {
  const { code } = error as NodeJS.ErrnoException
  const room = noRoom(error)
  if (room !== null) return unwritable(path, room.why, room.hint)
  const hint = 'name a file in a folder that exists and that you may write to'
  if (code === 'ENOENT' || code === 'ENOTDIR') return unwritable(path, 'its folder does not exist', hint)
  if (code === 'EROFS') return unwritable(path, 'this disk can only be read', 'name a file on another one')
  if (code === 'EACCES' || code === 'EPERM') return unwritable(path, 'there is no permission to', hint)
  if (code === 'ENAMETOOLONG') return unwritable(path, 'its name is too long', 'name it in fewer letters')
  return unwritable(path, error instanceof Error ? error.message : String(error), hint)
}
