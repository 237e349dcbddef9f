import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Mistakes, mistake } from './mistakes.ts'

/** A file that a report will be written to: whole, or not at all. */
export interface ReportFile {
  readonly path: string
  write(text: string): void
}

/** Finds out before a run whether its report can be written afterwards; throws `Mistakes` if not. */
export function reportFile(path: string): ReportFile {
  if (path === '-' || path === '') {
    throw mistake('unwritable-report', 'a report is written to a file', 'name one, such as `--html report.html`')
  }
  const kind = kindOf(path)
  if (kind === 'folder') throw unwritable(path, 'it is a folder', 'name a file in it')
  if (kind === 'other') throw unwritable(path, 'it is not a file', 'name another one')
  try {
    accessSync(dirname(path), constants.W_OK | constants.X_OK)
    if (kind === 'file') accessSync(path, constants.W_OK)
  } catch (error) {
    throw unwritable(path, reasonOf(error))
  }
  return { path, write: (text) => replace(path, text) }
}

/** What stands in the place of the report now. */
function kindOf(path: string): 'nothing' | 'file' | 'folder' | 'other' {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return 'nothing'
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other'
  } catch (error) {
    throw unwritable(path, reasonOf(error))
  }
}

/** Nobody ever sees half a report: it is written beside its place and then moved there. */
function replace(path: string, text: string): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  try {
    writeFileSync(draft, text)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw unwritable(path, reasonOf(error))
  }
}

function unwritable(
  path: string,
  why: string,
  hint = 'name a file in a folder that exists and that you may write to',
): Mistakes {
  return mistake('unwritable-report', `the report cannot be written: ${why}`, hint, path)
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'its folder does not exist'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'there is no permission to'
  return error instanceof Error ? error.message : String(error)
}
