import type { Notation } from '../support/params.ts'
import { type Path, partAt, pathsOf, withPart } from './trees.ts'
import { isMapping, type Mapping } from './vocabulary.ts'

/** Whether a smaller one still fails in the same way. */
export type StillFails<T> = (candidate: T) => boolean | Promise<boolean>

/** So many candidates are tried at most: each costs as much as the case itself, or less. */
const mostTries = 400

type Candidate = () => Mapping

/**
 * Makes a failing document smaller as long as it fails in the same way: leaves out branches, the largest first, merges
 * blocks, and puts the smallest number in place of others. Greedy: what is left can hardly lose any one thing more.
 */
export async function shrinkDocument(document: Mapping, stillFails: StillFails<Mapping>): Promise<Mapping> {
  let smallest = document
  let sinceSmaller = 0
  let candidates = candidatesOf(smallest)
  for (let tries = 0, at = 0; tries < mostTries && sinceSmaller < candidates.length; ) {
    const candidate = candidates[at % candidates.length]?.()
    const isSmaller = candidate !== undefined && sizeOf(candidate) < sizeOf(smallest)
    if (isSmaller) tries++
    if (isSmaller && (await stillFails(candidate))) {
      smallest = candidate
      candidates = candidatesOf(smallest)
      sinceSmaller = 0
    } else {
      at++
      sinceSmaller++
    }
  }
  return smallest
}

function candidatesOf(document: Mapping): readonly Candidate[] {
  return [...withoutBlocks(document), ...withoutBranches(document), ...withSimpler(document)]
}

function sizeOf(document: Notation): number {
  return JSON.stringify(document).length
}

/** How long it runs stays as it is: without bounds a small design may run for hours. */
function changeable(document: Mapping): readonly Path[] {
  return pathsOf(document).filter(([section]) => section !== undefined && section !== 'run')
}

function* withoutBranches(document: Mapping): Iterable<Candidate> {
  const paths = changeable(document)
  const sized = paths.map((path) => ({ path, size: sizeOf(partAt(document, path)) }))
  for (const { path } of sized.sort((a, b) => b.size - a.size)) {
    yield () => withPart(document, path, undefined) as Mapping
    for (const inner of insideOf(partAt(document, path))) yield () => withPart(document, path, inner) as Mapping
  }
}

/** What a list of steps holds, to be put in its place. */
function insideOf(part: Notation): readonly Notation[] {
  if (!Array.isArray(part)) return []
  return part.flatMap((item: Notation) =>
    isMapping(item) ? Object.values(item).flatMap((value) => (Array.isArray(value) ? [value as Notation] : [])) : [],
  )
}

/** Every block taken out, and each of the others in its place. */
function* withoutBlocks(document: Mapping): Iterable<Candidate> {
  const { blocks } = document
  if (!isMapping(blocks)) return
  for (const gone of Object.keys(blocks)) {
    for (const heir of Object.keys(blocks)) {
      if (gone === heir) continue
      const { [gone]: _, ...others } = blocks
      yield () => renamed({ ...document, blocks: others }, gone, heir) as Mapping
    }
  }
}

function renamed(part: Notation, from: string, to: string): Notation {
  if (typeof part === 'string') return part === from || part.startsWith(`${from}.`) ? to : part
  if (typeof part !== 'object' || part === null) return part
  if (Array.isArray(part)) return part.map((item: Notation) => renamed(item, from, to))
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, renamed(value as Notation, from, to)]))
}

/** Numbers and distributions by shorter ones. */
function* withSimpler(document: Mapping): Iterable<Candidate> {
  for (const path of changeable(document)) {
    const part = partAt(document, path)
    if (isDistribution(part)) yield () => withPart(document, path, '1ms') as Mapping
    if (typeof part !== 'string') continue
    const [, unit] = /^\d[\d.]*([a-zA-Z/%$]*)/.exec(part) ?? []
    if (unit !== undefined) yield () => withPart(document, path, `1${unit}`) as Mapping
  }
}

function isDistribution(part: Notation): part is Mapping {
  return isMapping(part) && 'distribution' in part
}

/** Makes a failing text smaller: leaves out ever shorter stretches of lines, and then of characters. */
export async function shrinkText(text: string, stillFails: StillFails<string>): Promise<string> {
  const lines = await shrinkList(text.split('\n'), async (some) => stillFails(some.join('\n')))
  const characters = await shrinkList([...lines.join('\n')], async (some) => stillFails(some.join('')))
  return characters.join('')
}

async function shrinkList<T>(list: readonly T[], stillFails: StillFails<readonly T[]>): Promise<readonly T[]> {
  let smallest = list
  let tries = 0
  for (let length = Math.ceil(list.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let from = 0; from < smallest.length && tries < mostTries; ) {
      const candidate = smallest.toSpliced(from, length)
      tries++
      if (await stillFails(candidate)) smallest = candidate
      else from += length
    }
  }
  return smallest
}
