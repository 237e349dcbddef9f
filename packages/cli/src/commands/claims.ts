import { join } from 'node:path'
import { examine, type SimulateOptions } from '@loadpath/core'
import { atlasOf } from '../claims/atlas.ts'
import { atlasName, chosenOf, claimsIn, claimsUnless, conceptsIn, type FoundClaim } from '../claims/folders.ts'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { toJson } from '../json.ts'
import { writeMeasured } from '../measured.ts'
import { type Examined, printClaims } from '../print/claims.ts'
import { endedEarly, plural, safe } from '../print/page.ts'
import { writeReport } from '../report-file.ts'
import { type RunFlags, runSimulation } from '../running.ts'
import { pageFor } from '../terminal.ts'

export interface ClaimsFlags extends RunFlags {
  readonly folder: string
  readonly atlas: boolean
  readonly write: boolean
}

export async function runClaims(this: LoadpathContext, flags: ClaimsFlags, ...words: string[]): Promise<void> {
  const { process } = this
  const replay = () => commandLine(['loadpath', 'claims', ...words, '--folder', flags.folder])
  await conclude(this, { json: flags.json, replay }, async () => {
    if (flags.atlas) {
      const file = join(flags.folder, atlasName)
      writeReport(file, atlasOf(conceptsIn(flags.folder), claimsIn(flags.folder)))
      process.stdout.write(`${safe(file)}: written\n`)
      return exitCodes.ok
    }
    const { result, cutShort } = await runSimulation(this, flags, async (options, isCutShort) => {
      options.pass?.('reading the claims')
      const all = await claimsUnless(isCutShort, flags.folder)
      if (all === null) return []
      const chosen = chosenOf(all, words)
      if (chosen.length > 1) process.stderr.write(`${measuringSaid(chosen)}\n`)
      return examineAll(chosen, options, isCutShort, flags.write)
    })
    // Times are those of this machine, so they are not part of the document.
    const claims = result.map(({ answer }) => answer)
    const document = () => toJson({ schemaVersion: 1, claims, ...(cutShort === null ? {} : { interrupted: true }) })
    const page = pageFor(process.stdout)
    process.stdout.write(flags.json ? document() : printClaims(result, page) + endedEarly(cutShort, page))
    if (cutShort !== null) return cutShort.exitCode
    return result.every(({ answer }) => answer.outcome === 'confirmed') ? exitCodes.ok : exitCodes.missed
  })
}

/** How many experiments there are, and how long they take on two cores: the slow ones minutes, the others seconds. */
function measuringSaid(chosen: readonly FoundClaim[]): string {
  const slow = chosen.filter(({ claim }) => claim.check === 'slow').length
  const which = slow === 0 ? 'each takes seconds' : `${slow} of them can take a minute or more each`
  return `Running the experiments of ${plural(chosen.length, 'claim')}: ${which}. Ctrl-C prints those that are done.`
}

async function examineAll(
  chosen: readonly FoundClaim[],
  options: SimulateOptions,
  isCutShort: () => boolean,
  writes: boolean,
): Promise<readonly Examined[]> {
  const all: Examined[] = []
  for (const [i, { folder, claim }] of chosen.entries()) {
    if (isCutShort()) break
    const began = performance.now()
    const pass = (name: string) => options.pass?.(`claim ${i + 1} of ${chosen.length}, ${claim.id}: ${name}`)
    const answer = await examine(claim, { ...options, pass })
    // A run that was cut short is no evidence about the claim.
    if (isCutShort()) break
    all.push({ answer, tookMs: performance.now() - began })
    if (writes) writeMeasured(folder, answer.found)
  }
  return all
}
