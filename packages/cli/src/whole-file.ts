import { lstatSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * Writes a complete file: to a draft in the same folder, which then replaces the file. A full disk so never destroys the
 * existing file. A link is kept and its target is replaced. Throws the errors of the operating system.
 */
export function writeWhole(path: string, text: string): void {
  const { target, mode } = placeOf(path)
  const draft = join(dirname(target), `.loadpath-${process.pid}.part`)
  try {
    writeFileSync(draft, text, { mode })
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Returns the target of a path and its permissions. */
function placeOf(path: string): { readonly target: string; readonly mode: number } {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined
    ? { target: leadsTo(path), mode: 0o666 }
    : { target: realpathSync(path), mode: found.mode & 0o777 }
}

/** Returns the target of a path whose file does not exist yet, through dangling links. */
export function leadsTo(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
  return isLink ? leadsTo(resolve(dirname(path), readlinkSync(path))) : path
}
