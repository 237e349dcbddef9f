import { compare, type Design } from '@loadpath/core'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { toJson } from '../json.ts'
import { mistake } from '../mistakes.ts'
import { printComparison } from '../print/comparison.ts'
import { printFooter } from '../print/footer.ts'
import { joinSections } from '../print/report.ts'
import { openDesign, refuseSecondStandardInput } from '../reading.ts'
import { reportFile } from '../report-file.ts'
import { type RunFlags, runSimulation } from '../running.ts'
import { pageFor } from '../terminal.ts'

export interface CompareFlags extends RunFlags {
  readonly variant?: readonly string[]
  readonly set?: readonly string[]
  readonly html?: string
}

export async function runCompare(this: LoadpathContext, flags: CompareFlags, ...files: string[]): Promise<void> {
  const replay = (seed: number | undefined = flags.seed) =>
    commandLine([
      ...['loadpath', 'compare', ...files],
      ...(flags.variant ?? []).flatMap((variant) => ['--variant', variant]),
      ...(flags.set ?? []).flatMap((setting) => ['--set', setting]),
      ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ])
  await conclude(this, { json: flags.json, replay }, async () => {
    const designs = designsToCompare(files, flags)
    const file = flags.html === undefined ? null : reportFile(flags.html)
    const wanted = { traceSlowest: file !== null, pictures: file !== null }
    const { result, interrupted } = await runSimulation(this, flags, (options) =>
      compare(designs, { ...options, ...wanted }),
    )
    if (file !== null) {
      const { htmlComparison } = await import('../html/comparison.ts')
      file.write(htmlComparison(result))
      this.process.stderr.write(`The report is in ${file.path}\n`)
    }
    const page = pageFor(this.process.stdout)
    const first = result.designs[0]
    const footer = first === undefined ? [] : printFooter(first, page)
    this.process.stdout.write(flags.json ? toJson(result) : joinSections([...printComparison(result, page), footer]))
    return interrupted ? exitCodes.interrupted : exitCodes.ok
  })
}

/** Of one design, it and the variants named, or all; several designs as they are, or in the variants named. */
function designsToCompare(files: readonly string[], { variant, set }: CompareFlags): readonly Design[] {
  refuseSecondStandardInput(files)
  const isAlone = files.length === 1
  const designs = files.flatMap((file) => {
    const { design, withVariant } = openDesign(file, { set })
    if (isAlone) return [design, ...(variant ?? design.variants).map(withVariant)]
    return variant === undefined ? [design] : variant.map(withVariant)
  })
  if (designs.length > 1) return designs
  const hint = 'give the design variants, or name a second design'
  throw mistake('nothing-to-compare', 'this design has no variants, so there is nothing to compare', hint, files[0])
}
