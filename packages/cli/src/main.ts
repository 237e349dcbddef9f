import { run } from '@stricli/core'
import { application } from './application.ts'
import type { LoadpathContext } from './context.ts'
import { exitCodes, fromFramework } from './exit-codes.ts'
import { type Mistakes, mistake } from './mistakes.ts'
import { noRoom } from './no-room.ts'

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, is no failure.
    if (error.code !== 'EPIPE') {
      process.exitCode = exitCodes.wrong
      if (stream === process.stdout) process.stderr.write(shortly(notPrinted(error)))
    }
    process.exit()
  })
}

function notPrinted(error: NodeJS.ErrnoException): Mistakes {
  const { why, hint } = noRoom(error) ?? { why: error.message, hint: 'send it to where it can be written' }
  return mistake('unwritable-output', `the output cannot be written: ${why}`, hint, '<stdout>')
}

/** As other mistakes are printed, without all that is loaded for those. */
function shortly({ problems }: Mistakes): string {
  const lines = problems.map(({ code, message, hint, place: { file } }) => {
    return `${file}: error: ${code}: ${message}\n  help: ${hint}\n`
  })
  return lines.join('')
}

await run(application, process.argv.slice(2), { process: process as LoadpathContext['process'] })
process.exitCode = fromFramework(Number(process.exitCode ?? exitCodes.ok))
