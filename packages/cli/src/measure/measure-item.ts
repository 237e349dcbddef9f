import { readFileSync } from 'node:fs'
import { type Fingerprint, fingerprintOf, movedParts } from './fingerprint.ts'
import type { Item, Report } from './item.ts'
import { measurePages } from './pages.ts'
import { readRecord, recordFile, steadySeconds } from './record.ts'
import { measureCase, measureClaim, measureDesign, type Verdicts } from './verdicts.ts'

/** What of a verdict has moved since it was measured in full, in words. Pages carry none. */
export async function movedSince(item: Item): Promise<readonly string[]> {
  if (item.kind === 'page') return []
  const record = readRecord(item.path)
  if (record?.holds === false) return ['it did not hold when it was measured']
  return movedParts(record?.fingerprint, await fingerprintOf(item))
}

/** Measures one item in full; nothing is written. `root` is the folder of the checkout. */
export async function measureItem(item: Item, root: string): Promise<Report> {
  const fingerprint = item.kind === 'page' ? {} : await fingerprintOf(item)
  const began = process.cpuUsage()
  const found = await verdictsOf(item, root)
  const { user, system } = process.cpuUsage(began)
  const cpuSeconds = (user + system) / 1e6
  return { ...found, cpuSeconds, files: { ...found.files, ...recorded(item, found, cpuSeconds, fingerprint) } }
}

/** Files that are not as they ought to be. */
export function staleFiles({ files }: Report): readonly string[] {
  return Object.entries(files)
    .filter(([path, text]) => !path.endsWith('.json') && readFileSync(path, 'utf8') !== text)
    .map(([path]) => path)
}

async function verdictsOf(item: Item, root: string): Promise<Verdicts> {
  if (item.kind === 'claim') return measureClaim(item)
  if (item.kind === 'design') return measureDesign(item)
  if (item.kind === 'case') return measureCase(item)
  return { rows: [], before: [], ...measurePages(item, root) }
}

/** The record beside the verdict; pages have none. */
function recorded(
  { kind, path }: Item,
  { rows, broken }: Verdicts,
  seconds: number,
  fingerprint: Fingerprint,
): Report['files'] {
  if (kind === 'page') return {}
  const cpuSeconds = steadySeconds(seconds, readRecord(path)?.cpuSeconds)
  const record = { cpuSeconds, holds: broken.length === 0, fingerprint }
  if (kind !== 'case') return recordFile(path, record)
  const expectations = Object.fromEntries(rows.map(({ text, verdict, measured }) => [text, `${verdict}: ${measured}`]))
  return recordFile(path, { ...record, expectations })
}
