import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { examine, replicate, type SimulateOptions, type TestAnswer } from '@loadpath/core'
import { claimsIn, type FoundClaim } from '../packages/cli/src/claims/folders.ts'
import { measuredFiles } from '../packages/cli/src/measured.ts'
import { testedOf } from '../packages/cli/src/print/tests.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
export const found: readonly FoundClaim[] = claimsIn(here)

export const oneThread: SimulateOptions = { runner: async (tasks) => tasks.map((task) => replicate(task)) }

/** What of a claim is not as its README says: promises that were not held, a canary that was, pages that are old. */
export async function complaintsAbout({ claim, folder }: FoundClaim): Promise<readonly string[]> {
  const { found: answer, canary } = await examine(claim, oneThread)
  const broken = canary === null || canary.verdict === 'missed' ? [] : [`the canary came out as ${canary.verdict}`]
  return [...notHeld(answer), ...broken, ...staleFiles(folder, answer)]
}

export function notHeld({ promises }: TestAnswer): readonly string[] {
  return promises
    .filter(({ verdict }) => verdict !== 'held')
    .map(testedOf)
    .map(({ verdict, text, measured }) => `${verdict}: ${text}: ${measured}`)
}

/** Files that show something else than what was measured now. */
export function staleFiles(folder: string, answer: TestAnswer): readonly string[] {
  return [...measuredFiles(folder, answer)]
    .filter(([path, text]) => readFileSync(path, 'utf8') !== text)
    .map(([path]) => `${path} is not what was measured: write it anew with --write`)
}
