import { linkSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { toJson } from '../json.ts'
import { type Mistakes, mistake } from '../mistakes.ts'
import { noRoom } from '../no-room.ts'
import { listed, safe } from '../print/page.ts'
import { templateNames, templateText } from '../templates.ts'

export interface InitFlags {
  readonly template: string
  readonly json: boolean
}

export async function runInit(this: LoadpathContext, flags: InitFlags, folder = '.'): Promise<void> {
  const replay = () => commandLine(['loadpath', 'init', folder, '--template', flags.template])
  await conclude(this, { json: flags.json, replay }, async () => {
    const names = templateNames()
    if (!names.includes(flags.template)) {
      const hint = `use one of ${listed(names.map((name) => `\`${name}\``))}`
      throw mistake('unknown-template', `unknown template \`${flags.template}\``, hint)
    }
    const text = templateText(flags.template)
    const file = writeNew(folder, text)
    const numbers = text.split('\n').filter((line) => line.includes('CHANGE')).length - 1
    const next = [
      {
        command: commandLine(['loadpath', 'simulate', folder]),
        tells: 'simulate the example numbers',
      },
      { command: commandLine(['loadpath', 'check', folder]), tells: 'check the design after each change' },
      { command: commandLine(['loadpath', 'review', folder]), tells: 'find risks without a simulation' },
      { command: commandLine(['loadpath', 'test', folder]), tells: 'test the objectives, for CI' },
    ]
    if (flags.json)
      this.process.stdout.write(toJson({ schemaVersion: 1, file, template: flags.template, numbers, next }))
    else this.process.stdout.write(whatNext(file, flags.template, numbers, next))
    return exitCodes.ok
  })
}

function whatNext(
  file: string,
  template: string,
  numbers: number,
  next: readonly { command: string; tells: string }[],
): string {
  const width = Math.max(...next.map(({ command }) => command.length))
  return [
    `Wrote ${safe(file)} from the template ${template}.`,
    '',
    `It runs unchanged. Replace the numbers at its ${numbers} marks CHANGE with yours; each comment names a place to find them.`,
    '',
    ...next.map(({ command, tells }) => `  ${command.padEnd(width)}  ${tells}`),
    '',
  ].join('\n')
}

/** Writes a new file, completely or not at all. */
function writeNew(folder: string, text: string): string {
  const file = join(folder, 'loadpath.yaml')
  const draft = join(folder, `.loadpath.yaml.${process.pid}`)
  let created: string | undefined
  try {
    created = mkdirSync(folder, { recursive: true })
    const other = readdirSync(folder).find((name) => name === 'loadpath.yaml' || name.endsWith('.loadpath.yaml'))
    if (other !== undefined) throw alreadyThere(join(folder, other))
    try {
      writeFileSync(draft, text, { flag: 'wx' })
      // A link, unlike a rename, does not replace a file that another process wrote in the meantime.
      linkSync(draft, file)
    } finally {
      rmSync(draft, { force: true })
    }
  } catch (error) {
    if (created !== undefined) removeEmpty(folder, created)
    throw refusal(error, folder, file)
  }
  return file
}

/** Removes the created folders from the innermost to the outermost, as long as they are empty. */
function removeEmpty(folder: string, outermost: string): void {
  const last = resolve(outermost)
  try {
    for (let inner = resolve(folder); inner.startsWith(last); inner = dirname(inner)) rmdirSync(inner)
  } catch {
    // A folder that is not empty belongs to another process.
  }
}

function refusal(error: unknown, folder: string, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'EEXIST' && !isFolderTaken(error)) return alreadyThere(file)
  const { why, hint } = noRoom(error) ?? {
    why: error.message,
    hint: 'check the permissions of the folder, or name another one',
  }
  return mistake('unwritable-folder', `cannot write a design: ${why}`, hint, folder)
}

/** Returns whether a file has the name of the folder. */
function isFolderTaken(error: Error): boolean {
  return 'syscall' in error && error.syscall === 'mkdir'
}

function alreadyThere(file: string): Mistakes {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    return mistake(
      'already-there',
      'a folder has the name of a design',
      'rename that folder, or name another one',
      file,
    )
  }
  return mistake('already-there', 'the folder already has a design', 'name another folder', file)
}
