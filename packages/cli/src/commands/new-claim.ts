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

/** Makes the folder of a new claim; never overwrites one. */
export async function runNewClaim(this: LoadpathContext, { folder }: NewClaimFlags, id: string): Promise<void> {
  const replay = () => commandLine(['loadpath', 'claims', 'new', id, '--folder', folder])
  await conclude(this, { json: false, replay }, async () => {
    const name = id.toLowerCase()
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name === 'new' || name.length > 64) {
      throw mistake('malformed-name', `\`${id}\` is not an id`, 'letters, digits and hyphens, such as `lat-02`', folder)
    }
    const own = join(folder, name)
    if (existsSync(own)) throw mistake('already-there', 'this claim is there already', 'choose another id', own)
    const { readme, design } = templateOf(name)
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, readmeName), readme)
    writeFileSync(join(own, designName), design)
    this.process.stdout.write(
      `${safe(own)} is written: replace what stands there, then\n  ${commandLine(['loadpath', 'claims', name, '--folder', folder, '--write'])}\n`,
    )
    return exitCodes.ok
  })
}
