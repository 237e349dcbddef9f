import type { Design } from '../language/design.ts'
import type { FieldReport } from '../support/definition.ts'
import type { SourceValues } from '../workloads/source.ts'
import { foldWays, visitOf } from './ways.ts'

/** Calls one on behalf of another, at most: an answer that passes all of them at one moment fills the stack. */
const mostDeep = 500
/** Ways through a design at most: arithmetic follows each of them, before every replication. */
const mostWays = 200_000

/** What follows from a call: the calls on the longest way, itself included, and the number of ways, each ending at a call. */
interface Ways {
  readonly deep: number
  readonly count: number
}

/** Refuses a design whose calls lead deeper, or on more ways, than a replication can follow. */
export function checkWays(design: Design, report: FieldReport): void {
  const known = new Map<string, Ways>()
  let count = 0
  for (const { name, values } of design.sources) {
    for (const [kind, { to }] of Object.entries((values as unknown as SourceValues).requests)) {
      const first = visitOf(design, to.block, to.operation, kind)
      if (first === undefined) continue
      const ways = foldWays(design, first, known, (_, below) => together(below.map(({ found }) => found)))
      count += ways.count
      const field = `${name}.requests.${kind}`
      if (ways.deep <= mostDeep && count <= mostWays) continue
      report({ ...(ways.deep > mostDeep ? tooDeep(ways.deep) : tooMany), field })
      return
    }
  }
}

function together(below: readonly Ways[]): Ways {
  return {
    deep: 1 + below.reduce((most, { deep }) => Math.max(most, deep), 0),
    count: 1 + below.reduce((sum, { count }) => sum + count, 0),
  }
}

function tooDeep(deep: number) {
  return {
    code: 'calls-too-deep',
    message: `a chain of calls is ${deep} deep`,
    expected: `at most ${mostDeep}`,
    found: `${deep}`,
    hint: 'simulate a part of the chain',
  }
}

const tooMany = {
  code: 'too-many-ways',
  message: `the design has more than ${mostWays} call paths`,
  expected: `at most ${mostWays} paths from a request to a block`,
  hint: 'simulate a part of the design, or remove blocks that several others call',
}
