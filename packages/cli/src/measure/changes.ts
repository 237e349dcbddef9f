import type { Item, Report } from './item.ts'

export type Measured = readonly (readonly [Item, Report])[]

/** What a person has to judge: what moved, what no longer holds, and where prose may have grown old. */
export function printChanges(measured: Measured): string {
  const moved = measured.flatMap(([item, report]) => movedIn(item, report))
  const broken = measured.flatMap(([item, { broken: own }]) => own.map((one) => `  ${idOf(item)}: ${one}`))
  const look = measured.flatMap(([item, { look: own }]) => own.map((one) => `  ${idOf(item)}: ${one}`))
  const seconds = measured.reduce((sum, [, { cpuSeconds }]) => sum + cpuSeconds, 0)
  const longest = [...measured].sort(([, a], [, b]) => b.cpuSeconds - a.cpuSeconds).slice(0, 10)
  return [
    ...section(
      'Longest, in CPU seconds',
      longest.map(([item, one]) => `  ${one.cpuSeconds.toFixed(1).padStart(7)}  ${idOf(item)}`),
    ),
    ...section('Moved', moved),
    ...section('To be looked at', look),
    ...section('No longer holds', broken),
    `${measured.filter(([, { isAsRecorded }]) => !isAsRecorded).length} measured in ${Math.round(seconds)} s of CPU time: ${moved.length} numbers moved, ${broken.length} verdicts no longer hold`,
    '',
  ].join('\n')
}

export function idOf({ kind, name }: Item): string {
  return `${kind} ${name}`
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines, '']
}

function movedIn(item: Item, { rows, before }: Report): readonly string[] {
  const old = new Map(before.map((row) => [row.text, row]))
  const gone = before.filter(({ text }) => !rows.some((row) => row.text === text))
  const changed = rows.flatMap((row) => {
    const was = old.get(row.text)
    if (was?.measured === row.measured && was.verdict === row.verdict) return []
    const verdict = was === undefined || was.verdict === row.verdict ? row.verdict : `${was.verdict} → ${row.verdict}`
    return [`  ${idOf(item)}: ${verdict}: ${row.text}: ${was?.measured ?? 'not recorded'} → ${row.measured}`]
  })
  return [...changed, ...gone.map(({ text, measured }) => `  ${idOf(item)}: no longer there: ${text}: ${measured}`)]
}
