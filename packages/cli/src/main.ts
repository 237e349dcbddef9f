import { run } from '@stricli/core'
import { application } from './application.ts'
import type { LoadpathContext } from './context.ts'
import { exitCodes, fromFramework } from './exit-codes.ts'

// A reader that has seen enough, such as `head`, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = exitCodes.fault
    process.exit()
  })
}

await run(application, process.argv.slice(2), { process: process as LoadpathContext['process'] })
process.exitCode = fromFramework(Number(process.exitCode ?? exitCodes.ok))
