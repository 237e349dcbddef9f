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

/** A claim and the folder it lives in. */
export interface FoundClaim {
  readonly folder: string
  readonly claim: Claim
}

/** Every claim in a folder, in the order of their names; throws `Mistakes` where one is wrong. */
export function claimsIn(folder: string): readonly FoundClaim[] {
  return sorted(namesIn(folder).map((name) => claimIn(folder, name)))
}

/** The same, one claim after the other, so that signals are heard in between; null if it is cut short. */
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
    throw mistake('no-claims', 'there is no such folder', 'name the folder of the claims with `--folder`', folder)
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
  if (!existsSync(designFile)) throw mistake('no-design', `a claim has a design, \`${designName}\``, 'add it', folder)
  const { claim, problems } = readClaim({
    readmeText: readFileSync(readmeFile, 'utf8'),
    readmeFile,
    designText: readFileSync(designFile, 'utf8'),
    designFile,
    readFile: readerWithin(folder),
  })
  if (claim === undefined) throw new Mistakes(problems)
  if (claim.id.toLowerCase() === name) return { folder, claim }
  throw mistake('wrong-folder', `the claim ${claim.id} lives in \`${name}\``, 'name the folder as its id', readmeFile)
}

/** The claims that words name, by id or by concept; all if there are none. */
export function chosenOf(found: readonly FoundClaim[], words: readonly string[]): readonly FoundClaim[] {
  for (const word of words) {
    if (!found.some(({ claim }) => isNamed(claim, word))) {
      throw mistake('unknown-claim', `no claim is called \`${word}\` or is about it`, 'see claims/ATLAS.md', word)
    }
  }
  return words.length === 0 ? found : found.filter(({ claim }) => words.some((word) => isNamed(claim, word)))
}

function isNamed({ id, concepts, group }: Claim, word: string): boolean {
  return [id, group, ...concepts].some((name) => name.toLowerCase() === word.toLowerCase())
}

/** The list of concepts beside the claims. */
export function conceptsIn(folder: string): readonly Concept[] {
  const file = join(folder, conceptsName)
  if (!existsSync(file)) throw mistake('no-concepts', `there is no ${conceptsName}`, 'an atlas needs one', file)
  const text = readFileSync(file, 'utf8')
  const { concepts, problems } = readConcepts(text, file)
  if (problems.length > 0) throw new Mistakes(problems, text)
  return concepts
}
