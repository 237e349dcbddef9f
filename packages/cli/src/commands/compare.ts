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
import { reportFile, writeReports } from '../report-file.ts'
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
  await conclude(this, { json: flags.json, replay }, async (print) => {
    const { designs, inputs } = designsToCompare(files, flags)
    const file = flags.html === undefined ? null : reportFile(flags.html, { inputs })
    const draw = file && (await import('../html/comparison.ts')).htmlComparison
    const wanted = { traceSlowest: file !== null, pictures: file !== null }
    const { result, cutShort } = await runSimulation(this, flags, (options) =>
      compare(designs, { ...options, ...wanted }),
    )
    const page = pageFor(this.process.stdout)
    const first = result.designs[0]
    const footer = first === undefined ? [] : printFooter(first, page)
    print(flags.json ? toJson(result) : joinSections([...printComparison(result, page), footer]))
    if (file !== null && draw !== null) {
      writeReports(this.process.stderr, [{ file, name: 'report', text: () => draw(result) }])
    }
    return cutShort?.exitCode ?? exitCodes.ok
  })
}

/** Of one design, it and the variants named, or all; several designs as they are, or in the variants named. */
function designsToCompare(files: readonly string[], { variant, set }: CompareFlags) {
  refuseSecondStandardInput(files)
  const isAlone = files.length === 1
  const found = files.map((file) => openDesign(file, { set }))
  const designs: readonly Design[] = found.flatMap(({ design, withVariant }) => {
    if (isAlone) return [design, ...(variant ?? design.variants).map(withVariant)]
    return variant === undefined ? [design] : variant.map(withVariant)
  })
  if (designs.length > 1) return { designs, inputs: found.flatMap(({ inputs }) => inputs) }
  const hint = 'add variants to the design, or name a second design'
  throw mistake('nothing-to-compare', 'the design has no variants to compare', hint, files[0])
}
