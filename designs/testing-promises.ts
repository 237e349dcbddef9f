import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { catalogue, type Design, readDesign, testDesign } from '@loadpath/core'
import { notHeld, oneThread, staleFiles } from '../claims/testing-claims.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Designs whose README shows what was measured. */
const shown: readonly string[] = readdirSync(here)
  .filter((folder) => existsSync(`${here}${folder}/plot.svg`))
  .sort()

export const quick: readonly string[] = ['overloaded', 'spike-and-queue', 'uneven-servers']
export const slow: readonly string[] = shown.filter((folder) => !quick.includes(folder))

/** What of a design is not as its README says. */
export async function complaintsAbout(folder: string): Promise<readonly string[]> {
  const text = readFileSync(`${here}${folder}/loadpath.yaml`, 'utf8')
  const read = (variant: string | undefined): Design => {
    const { design, problems } = readDesign(text, catalogue, variant === undefined ? {} : { variant })
    if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
    return design
  }
  const answer = await testDesign(read, oneThread)
  return [...notHeld(answer), ...staleFiles(`${here}${folder}`, answer)]
}
