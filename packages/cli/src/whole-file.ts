import { lstatSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * Nobody ever sees half a file, and a full disk takes away none that was there: it is written beside its place and then
 * moved there. A link stays one, and what it leads to is replaced. Throws what the system does.
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

/** Where the path leads, and who may do what there. */
function placeOf(path: string): { readonly target: string; readonly mode: number } {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined
    ? { target: leadsTo(path), mode: 0o666 }
    : { target: realpathSync(path), mode: found.mode & 0o777 }
}

/** Where a path leads that names no file yet: a link may wait for the file that it names. */
export function leadsTo(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
  return isLink ? leadsTo(resolve(dirname(path), readlinkSync(path))) : path
}
