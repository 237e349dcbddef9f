import { followRequests } from '../before-run/flows.ts'
import { blockNamed } from '../before-run/named.ts'
import { blocks } from '../blocks/index.ts'
import type { RequestKind } from '../kernel/simulation.ts'
import type { Design } from '../language/design.ts'
import { censoredQuantileInterval, noAnswerYet } from '../stats/censored-quantile.ts'
import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { LatencyHistogram } from '../stats/histogram.ts'
import { oncePer } from '../support/once-per.ts'
import type { DoneAnswer } from './answer.ts'
import type { RunResults, Selection } from './run-results.ts'
import { cellsOf } from './selected.ts'
import type { KindCell } from './task.ts'
import { growing } from './unanswered.ts'

/** Share of the requests that may be open at the end, beyond which a mean says nothing of all of them. */
const mostOpen = 0.05
const percentilesOfDone = [50, 99] as const

const settingOff = oncePer((design: Design): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const { block, source, kind } of followRequests(design)) {
    const own = blockNamed(design, block)
    if (own !== undefined && blocks.get(own.type).measured?.(own.values).includes('oldest') === true)
      found.add(`${source}.${kind}`)
  }
  return found
})

/** Whether requests of a kind lead to messages, which go on after their answer. */
export function setsOff(design: Design, source: string, kind: string): boolean {
  return settingOff(design).has(`${source}.${kind}`)
}

/** Whether requests of these kinds leave messages in a queue whose backlog grows without limit: they are done ever later. */
export function growsBehind({ design, growing, kinds }: RunResults, among: readonly number[]): boolean {
  // For most runs this is asked of each of many kinds, and nothing grows.
  if (growing.size === 0) return false
  const names = new Set(kindsAmong(kinds, among).map(({ source, name }) => `${source}.${name}`))
  return followRequests(design).some(
    ({ block, source, kind }) => growing.has(block) && names.has(`${source}.${kind}`) && setsOff(design, source, kind),
  )
}

/** Mean time until all that the requests set off is done; of requests that set nothing off, their response time. */
export function doneMean(results: RunResults, selection: Selection): Estimate {
  const total = (value: (cell: KindCell) => number) => results.sums(selection, value).reduce((sum, one) => sum + one, 0)
  const open = total((cell) => (isFollowed(cell) ? cell.doneOpen : cell.inside))
  const offered = total((cell) => cell.offered)
  if (open > mostOpen * offered) return insufficientData(notDoneYet(open / offered), results.replications)
  return results.ratio(
    selection,
    (cell) => (isFollowed(cell) ? cell.doneMs : cell.sumMs),
    (cell) => (isFollowed(cell) ? cell.done : cell.answered),
  )
}

/** A percentile of the same; what is never done counts as slower than all. */
export function donePercentile(results: RunResults, selection: Selection, percentile: number): Estimate {
  const histograms = results.replicates.map((replicate) => {
    const all = new LatencyHistogram()
    for (const cell of cellsOf(replicate, selection)) all.addEncoded(cell.doneHistogram ?? cell.histogram)
    return all
  })
  return results.counted(censoredQuantileInterval(histograms, percentile / 100, results.confidence))
}

/** What is said of requests that set messages off; nothing of others. */
export function doneOf(results: RunResults, selection: Selection): { readonly done?: DoneAnswer } {
  const kinds = kindsAmong(results.kinds, selection.kinds)
  if (!kinds.some(({ source, name }) => setsOff(results.design, source, name))) return {}
  const ever = growsBehind(results, selection.kinds) ? growing(results) : null
  return {
    done: {
      mean: ever ?? doneMean(results, selection),
      percentiles: percentilesOfDone.map((percentile) => ({
        percentile,
        estimate: ever ?? donePercentile(results, selection, percentile),
      })),
    },
  }
}

/** The kinds at these positions; a kind's index is its position. */
function kindsAmong(kinds: readonly RequestKind[], positions: readonly number[]): readonly RequestKind[] {
  return positions.map((position) => kinds[position] as RequestKind)
}

function isFollowed({ doneHistogram }: KindCell): boolean {
  return doneHistogram !== null
}

function notDoneYet(share: number): string {
  return noAnswerYet(share).replace('have no answer yet', 'are not done yet')
}
