import { fstatSync, writeFileSync } from 'node:fs'
import { run } from '@stricli/core'
import { application } from './application.ts'
import { argumentsOf } from './arguments.ts'
import type { LoadpathContext } from './context.ts'
import { exitCodes, fromFramework } from './exit-codes.ts'
import { type Mistakes, mistake } from './mistakes.ts'
import { noRoom } from './no-room.ts'

process.stdout.on('error', endWith)
// Who reads along has gone: the answer is still wanted.
process.stderr.on('error', () => {})
if (fstatSync(1).isFile()) process.stdout.write = writeWhole

function endWith(error: NodeJS.ErrnoException): never {
  // A reader that has seen enough, such as `head`, is no failure.
  if (error.code !== 'EPIPE') {
    process.exitCode = exitCodes.wrong
    process.stderr.write(shortly(notPrinted(error)))
  }
  process.exit()
}

/** Of a text into a file Node writes what fits onto the disk, and does not look whether that was all. */
function writeWhole(text: string | Uint8Array): boolean {
  try {
    writeFileSync(1, text)
  } catch (error) {
    endWith(error as NodeJS.ErrnoException)
  }
  return true
}

function notPrinted(error: NodeJS.ErrnoException): Mistakes {
  const { why, hint } = noRoom(error) ?? { why: error.message, hint: 'send the output to another file' }
  return mistake('unwritable-output', `cannot write the output: ${why}`, hint, '<stdout>')
}

/** As other mistakes are printed, without all that is loaded for those. */
function shortly({ problems }: Mistakes): string {
  const lines = problems.map(({ code, message, hint, place: { file } }) => {
    return `${file}: error: ${code}: ${message}\n  help: ${hint}\n`
  })
  return lines.join('')
}

await run(application, argumentsOf(process.argv.slice(2)), { process: process as LoadpathContext['process'] })
process.exitCode = fromFramework(Number(process.exitCode ?? exitCodes.ok))
