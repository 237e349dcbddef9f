import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type Claim, type Concept, readClaim, readConcepts } from '@loadpath/core'
import { readerWithin } from '../design-file.ts'
import { Mistakes, mistake } from '../mistakes.ts'

export const readmeName = 'README.md'
export const designName = 'loadpath.yaml'
export const atlasName = 'ATLAS.md'
const conceptsName = 'concepts.yaml'

/** A claim and its folder. */
export interface FoundClaim {
  readonly folder: string
  readonly claim: Claim
}

/** Returns every claim in a folder, in the order of their ids. Throws `Mistakes` if one is invalid. */
export function claimsIn(folder: string): readonly FoundClaim[] {
  return sorted(namesIn(folder).map((name) => claimIn(folder, name)))
}

/** Reads the same claims one at a time, so signals are handled in between. Returns null if it is interrupted. */
export async function claimsUnless(isCutShort: () => boolean, folder: string): Promise<readonly FoundClaim[] | null> {
  const found: FoundClaim[] = []
  for (const name of namesIn(folder)) {
    found.push(claimIn(folder, name))
    await setImmediate()
    if (isCutShort()) return null
  }
  return sorted(found)
}

function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) {
    throw mistake('no-claims', 'claims folder not found', 'name the folder with `--folder`', folder)
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, readmeName)))
    .map(({ name }) => name)
}

function sorted(found: readonly FoundClaim[]): readonly FoundClaim[] {
  return found.toSorted((a, b) => inOrder(a.claim.id, b.claim.id))
}

/** `LAT-2` comes before `LAT-10`. */
function inOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

function claimIn(root: string, name: string): FoundClaim {
  const folder = join(root, name)
  const designFile = join(folder, designName)
  const readmeFile = join(folder, readmeName)
  if (!existsSync(designFile))
    throw mistake('no-design', `the claim has no \`${designName}\``, 'add the design of the claim', folder)
  const { claim, problems } = readClaim({
    readmeText: readFileSync(readmeFile, 'utf8'),
    readmeFile,
    designText: readFileSync(designFile, 'utf8'),
    designFile,
    readFile: readerWithin(folder),
  })
  if (claim === undefined) throw new Mistakes(problems)
  if (claim.id.toLowerCase() === name) return { folder, claim }
  const right = claim.id.toLowerCase()
  throw mistake(
    'wrong-folder',
    `claim ${claim.id} is in folder \`${name}\``,
    `rename the folder to \`${right}\``,
    readmeFile,
  )
}

/** Returns the claims with a given id, concept or group, or all claims if there are no words. */
export function chosenOf(found: readonly FoundClaim[], words: readonly string[]): readonly FoundClaim[] {
  for (const word of words) {
    if (!found.some(({ claim }) => isNamed(claim, word))) {
      throw mistake(
        'unknown-claim',
        `unknown claim, concept or group \`${word}\``,
        'choose one from claims/ATLAS.md',
        word,
      )
    }
  }
  return words.length === 0 ? found : found.filter(({ claim }) => words.some((word) => isNamed(claim, word)))
}

function isNamed({ id, concepts, group }: Claim, word: string): boolean {
  return [id, group, ...concepts].some((name) => name.toLowerCase() === word.toLowerCase())
}

/** Returns the concepts in the list beside the claims. */
export function conceptsIn(folder: string): readonly Concept[] {
  const file = join(folder, conceptsName)
  if (!existsSync(file)) throw mistake('no-concepts', 'the list of concepts does not exist', 'create the file', file)
  const text = readFileSync(file, 'utf8')
  const { concepts, problems } = readConcepts(text, file)
  if (problems.length > 0) throw new Mistakes(problems, text)
  return concepts
}
