import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type SimulateOptions, testDesign } from '@loadpath/core'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { toJson } from '../json.ts'
import { junitXml } from '../junit.ts'
import { writeMeasured } from '../measured.ts'
import { type Mistakes, mistake } from '../mistakes.ts'
import { endedEarly } from '../print/page.ts'
import { annotation, junitSuite, printTests, type TestedDesign, testedOf } from '../print/tests.ts'
import { type FoundDesign, openDesign, refuseSecondStandardInput } from '../reading.ts'
import { reportFile } from '../report-file.ts'
import { type RunFlags, runSimulation } from '../running.ts'
import { pageFor } from '../terminal.ts'

export interface TestFlags extends RunFlags {
  readonly variant?: string
  readonly set?: readonly string[]
  readonly junit?: string
  readonly write: boolean
}

export async function runTest(this: LoadpathContext, flags: TestFlags, ...files: string[]): Promise<void> {
  const { process } = this
  const replay = (seed: number | undefined = flags.seed) =>
    commandLine([
      ...['loadpath', 'test', ...files],
      ...(flags.variant === undefined ? [] : ['--variant', flags.variant]),
      ...(flags.set ?? []).flatMap((setting) => ['--set', setting]),
      ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ])
  await conclude(this, { json: flags.json, replay }, async (print) => {
    refuseSecondStandardInput(files)
    const found = files.map((file) => openDesign(file, { variant: flags.variant, set: flags.set }))
    for (const { design, file } of found) {
      if (design.objectives.length + design.relations.length === 0) throw nothingPromised(file)
    }
    if (flags.write) for (const { file } of found) readmeFolder(file)
    const inputs = found.flatMap((one) => one.inputs)
    const junit = flags.junit === undefined ? null : reportFile(flags.junit, { flag: '--junit test.xml', inputs })
    // Times are not part of the answer, which is the same on every machine.
    const tookMs = new Map<string, number>()
    const { result, cutShort } = await runSimulation(this, flags, (options, isCutShort) =>
      testAll(found, { variant: flags.variant, tookMs }, options, isCutShort),
    )
    const page = pageFor(process.stdout)
    const document = () =>
      toJson({ schemaVersion: 1, designs: result, ...(cutShort === null ? {} : { interrupted: true }) })
    print(flags.json ? document() : printTests(result, page) + endedEarly(cutShort, page))
    if (process.env.GITHUB_ACTIONS === 'true') {
      const lines = result.flatMap(({ file, objectives }) =>
        objectives.flatMap((one) => annotation(file, testedOf(one))),
      )
      for (const line of lines) (flags.json ? process.stderr : process.stdout).write(`${line}\n`)
    }
    junit?.write(junitXml(result.map((one) => junitSuite(one, tookMs.get(one.file) ?? 0))))
    if (flags.write) for (const one of result) writeMeasured(readmeFolder(one.file), one)
    return cutShort?.exitCode ?? exitCodeOf(result)
  })
}

async function testAll(
  found: readonly FoundDesign[],
  { variant, tookMs }: { variant: string | undefined; tookMs: Map<string, number> },
  options: SimulateOptions,
  isCutShort: () => boolean,
): Promise<readonly TestedDesign[]> {
  const all: TestedDesign[] = []
  for (const { file, withVariant } of found) {
    if (isCutShort()) break
    const began = performance.now()
    const answer = await testDesign((own) => withVariant(own ?? variant), options)
    tookMs.set(file, performance.now() - began)
    all.push({ file, ...(variant === undefined ? {} : { variant }), ...answer })
  }
  return all
}

function exitCodeOf(designs: readonly TestedDesign[]): number {
  const verdicts = designs.flatMap(({ objectives }) => objectives.map(({ verdict }) => verdict))
  if (verdicts.includes('missed')) return exitCodes.missed
  return verdicts.includes('inconclusive') ? exitCodes.inconclusive : exitCodes.ok
}

/** Where the README of a design lies; throws `Mistakes` where there is none. */
function readmeFolder(file: string): string {
  const folder = dirname(file)
  if (file !== '<stdin>' && existsSync(join(folder, 'README.md'))) return folder
  const hint = 'add a README.md beside the design'
  throw mistake('no-readme', '`--write` needs a README.md beside the design', hint, file)
}

function nothingPromised(file: string): Mistakes {
  const hint = 'add a section such as `objectives: [ "availability >= 99.9%" ]`'
  return mistake('no-objectives', 'the design has no objectives to test', hint, file)
}
