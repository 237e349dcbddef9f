import type { TraceCacheAnswer } from './answer.ts'

/** The miss ratio of one policy over sizes. */
export interface MissRatioLine {
  readonly name: string
  readonly points: readonly { readonly size: number; readonly missRatio: number }[]
}

/** One line a policy; that of `lru` with all its points, where one pass gave them. Only sizes in one unit. */
export function missRatioLines({ policies, sizes, curve }: TraceCacheAnswer): readonly MissRatioLine[] {
  const unit = sizes[0]?.capacity.unit
  const alike = sizes.filter(({ capacity }) => capacity.unit === unit)
  const [least, most] = [alike[0]?.capacity.amount ?? 0, alike.at(-1)?.capacity.amount ?? 0]
  return policies.map(({ written, name }, i) => {
    const points = alike.flatMap(({ capacity, cells }) => {
      const cell = cells[i]
      return cell === null || cell === undefined ? [] : [{ size: capacity.amount, missRatio: cell.missRatio }]
    })
    if (name !== 'lru' || curve === null || unit !== 'entries') return { name: written, points }
    const between = curve.flatMap(({ entries, hitRatio }) =>
      entries > least && entries < most ? [{ size: entries, missRatio: 1 - hitRatio }] : [],
    )
    return { name: written, points: [...points, ...between].sort((a, b) => a.size - b.size) }
  })
}
