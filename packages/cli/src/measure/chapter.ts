import { spawnSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A fenced block of a page: what stands behind the fence, and what is in it. */
export const fence = /^```(.*)\n([\s\S]*?)^```$/gm

/** A text without blanks at the ends of its lines, as one compares what is shown with what was printed. */
export const trimmed = (text: string): string => text.replace(/[ ]+$/gm, '').trim()

/** Where the commands of the guide run: a folder with the designs that they name, and the program to run. */
export interface GuidePlace {
  readonly folder: string
  readonly program: string
}

/** Copies into `folder` all that the chapters of the guide name. */
export function guidePlace(root: string, folder: string): GuidePlace {
  for (const needed of [
    'docs/guide/shop',
    'docs/guide/replay',
    'docs/guide/album',
    'docs/guide/edge',
    'docs/guide/tickets',
    'validation/traces',
  ]) {
    cpSync(join(root, needed), join(folder, needed), { recursive: true })
  }
  const program = join(folder, 'bin')
  const built = join(resolve(root), 'packages/cli/bin/loadpath.js')
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${built}' "$@"\n`, { mode: 0o755 })
  return { folder, program }
}

/** Runs one command of a chapter as a shell does. `expected` is the exit code that it promises: 0 unless it says otherwise. */
export function runLine(line: string, { folder, program }: GuidePlace) {
  const expected = Number(/# exits with (\d+)$/.exec(line)?.[1] ?? 0)
  const { FORCE_COLOR: _, GITHUB_ACTIONS: _ci, ...env } = process.env
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line.replaceAll('npx loadpath', program)], {
    cwd: folder,
    env: { ...env, NO_COLOR: '1', COLUMNS: '100' },
    encoding: 'utf8',
  })
  return { status, expected, stdout, stderr }
}
