import { stringify } from 'yaml'
import { randomDesign } from './designs.ts'
import type { Failure } from './failure.ts'
import { type DesignJudge, judgeDesign } from './judge-design.ts'
import { judgeText, type TextJudge } from './judge-text.ts'
import { shrinkDocument, shrinkText } from './shrink.ts'
import { randomText } from './texts.ts'

/** Which cases: so many of this seed, from this number on. */
export interface Range {
  readonly seed: number
  readonly from: number
  readonly count: number
  /** Ends after so many kinds of failure. */
  readonly mostKinds?: number
  /** Called with the number of each case before it begins. */
  readonly begins?: (index: number) => void
}

/** The first case that failed in some way, made small, and how many more failed in the same way. */
export interface Finding {
  readonly index: number
  readonly failure: Failure
  /** YAML of a design, or the text of a file. */
  readonly smallest: string
  others: number
}

/** Every file is read once; one in so many, which costs several times as much, is judged in every way. */
const thoroughOneIn = 10

/** Judges random designs. Empty if nothing is wrong. */
export async function fuzzDesigns(range: Range, judge: DesignJudge = {}): Promise<readonly Finding[]> {
  return campaign(range, async (index) => {
    const { document } = randomDesign(range.seed, index)
    const failure = await judgeDesign(document, judge)
    const shrink = async (check: string) =>
      stringify(await shrinkDocument(document, async (smaller) => (await judgeDesign(smaller, judge))?.check === check))
    return failure === null ? null : { failure, shrink }
  })
}

/** Judges random files made from a corpus. Empty if nothing is wrong. */
export async function fuzzFiles(
  range: Range,
  corpus: readonly string[],
  judge: Omit<TextJudge, 'thorough'>,
): Promise<readonly Finding[]> {
  return campaign(range, (index) => {
    const text = randomText(range.seed, index, corpus)
    const own = { ...judge, thorough: index % thoroughOneIn === 0 }
    const { failure } = judgeText(text, own)
    const shrink = (check: string) => shrinkText(text, (smaller) => judgeText(smaller, own).failure?.check === check)
    return failure === null ? null : { failure, shrink }
  })
}

interface Failing {
  readonly failure: Failure
  readonly shrink: (check: string) => Promise<string>
}

async function campaign(
  { from, count, begins, mostKinds = 10 }: Range,
  judgeOne: (index: number) => Failing | null | Promise<Failing | null>,
): Promise<readonly Finding[]> {
  const found = new Map<string, Finding>()
  for (let index = from; index < from + count && found.size < mostKinds; index++) {
    begins?.(index)
    const failing = await judgeOne(index)
    if (failing === null) continue
    const { failure, shrink } = failing
    const known = found.get(failure.check)
    if (known === undefined)
      found.set(failure.check, { index, failure, smallest: await shrink(failure.check), others: 0 })
    else known.others++
  }
  return [...found.values()]
}
