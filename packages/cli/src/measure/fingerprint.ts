import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Design, firstReplication, readCase } from '@loadpath/core'
import { caseFilesIn } from '../case-folder.ts'
import { claimsIn, designName } from '../claims/folders.ts'
import { openDesign } from '../reading.ts'
import type { Item } from './item.ts'
import { judgement } from './judgement.ts'

/**
 * Hashes of what a verdict rests on: the text of the design, what the first replication of each variant did, and what the code
 * that plans and judges makes of known designs. Pages have none.
 */
export type Fingerprint = Readonly<{ [part: string]: string }>

export const judgePart = 'judge'
const textPart = 'text'

/** The fingerprint of an item as it is now. */
export async function fingerprintOf(item: Item): Promise<Fingerprint> {
  const { texts, designs } = read(item)
  return {
    [textPart]: hashOf(texts.map(withoutComments).join('\n')),
    [judgePart]: hashOf(await judgement()),
    ...Object.fromEntries(
      [...designs].map(([variant, design]) => [
        variant ?? 'the design',
        hashOf(JSON.stringify(firstReplication(design, variant))),
      ]),
    ),
  }
}

/** What differs between two fingerprints, in words; empty where nothing does. */
export function movedParts(recorded: Fingerprint | undefined, now: Fingerprint): readonly string[] {
  if (recorded === undefined) return ['it was never measured in full']
  const parts = [...new Set([...Object.keys(recorded), ...Object.keys(now)])]
  return parts.filter((part) => recorded[part] !== now[part]).map(inWords)
}

function inWords(part: string): string {
  if (part === textPart) return 'its text is another one'
  if (part === judgePart) return 'the code that plans and judges gives other results'
  return `what is simulated differs: ${part}`
}

/** What an item consists of: its texts, and the design of each variant that a verdict rests on. */
function read({ kind, name, path }: Item): {
  texts: readonly string[]
  designs: ReadonlyMap<string | undefined, Design>
} {
  if (kind === 'case') return readValidationCase(path)
  const text = readFileSync(join(path, designName), 'utf8')
  const claim = kind === 'claim' ? claimsIn(dirname(path)).find(({ folder }) => folder === path)?.claim : undefined
  if (kind === 'claim' && claim === undefined) throw new Error(`there is no claim ${name}`)
  const variant = claim?.read ?? openDesign(path).withVariant
  const texts = [text, claim?.altered ?? '']
  return { texts, designs: new Map([...variantsOf(variant(undefined))].map((one) => [one, variant(one)])) }
}

function readValidationCase(path: string) {
  const files = caseFilesIn(path)
  const { case: one } = files === null ? {} : readCase(files)
  if (files === null || one === undefined) throw new Error(`${path} is no case`)
  const designs = new Map([...one.designs].map(([variant, design]) => [variant === '' ? undefined : variant, design]))
  return { texts: [files.caseText, files.designText], designs }
}

function variantsOf({ objectives, relations }: Design): ReadonlySet<string | undefined> {
  const compared = relations.flatMap(({ left, right }) => [left.variant, right.variant])
  return new Set([...objectives.map(({ variant }) => variant), ...compared])
}

/** A comment changes nothing that is measured. */
function withoutComments(text: string): string {
  return text.replace(/^\s*(#.*)?\n/gm, '')
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
