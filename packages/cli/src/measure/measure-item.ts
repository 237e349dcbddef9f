import { readFileSync } from 'node:fs'
import type { Item, Report } from './item.ts'
import { measurePages } from './pages.ts'
import { readRecord, recordFile, steadySeconds } from './record.ts'
import { measureCase, measureClaim, measureDesign, type Verdicts } from './verdicts.ts'

/** Measures one item in full; nothing is written. `root` is the folder of the checkout. */
export async function measureItem(item: Item, root: string): Promise<Report> {
  const began = process.cpuUsage()
  const found = await verdictsOf(item, root)
  const { user, system } = process.cpuUsage(began)
  const cpuSeconds = (user + system) / 1e6
  return { ...found, cpuSeconds, files: { ...found.files, ...recorded(item, found, cpuSeconds) } }
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
function recorded({ kind, path }: Item, { rows }: Verdicts, cpuSeconds: number): Report['files'] {
  if (kind === 'page') return {}
  const seconds = steadySeconds(cpuSeconds, readRecord(path)?.cpuSeconds)
  if (kind !== 'case') return recordFile(path, { cpuSeconds: seconds })
  const expectations = Object.fromEntries(rows.map(({ text, verdict, measured }) => [text, `${verdict}: ${measured}`]))
  return recordFile(path, { cpuSeconds: seconds, expectations })
}
