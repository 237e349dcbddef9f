import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { designName, readmeName } from '../claims/folders.ts'
import { templateOf } from '../claims/template.ts'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { mistake } from '../mistakes.ts'
import { safe } from '../print/page.ts'

export interface NewClaimFlags {
  readonly folder: string
}

/** Creates the folder of a new claim. Never overwrites one. */
export async function runNewClaim(this: LoadpathContext, { folder }: NewClaimFlags, id: string): Promise<void> {
  const replay = () => commandLine(['loadpath', 'claims', 'new', id, '--folder', folder])
  await conclude(this, { json: false, replay }, async () => {
    const name = id.toLowerCase()
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name === 'new' || name.length > 64) {
      throw mistake(
        'malformed-name',
        `invalid id \`${id}\``,
        'use letters, digits and hyphens, for example `lat-02`',
        folder,
      )
    }
    const own = join(folder, name)
    if (existsSync(own)) throw mistake('already-there', `claim \`${name}\` already exists`, 'choose another id', own)
    const { readme, design } = templateOf(name)
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, readmeName), readme)
    writeFileSync(join(own, designName), design)
    this.process.stdout.write(
      `Wrote ${safe(own)}. Complete its README and its design, then run\n  ${commandLine(['loadpath', 'claims', name, '--folder', folder, '--write'])}\n`,
    )
    return exitCodes.ok
  })
}
