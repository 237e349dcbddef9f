import { readValue } from '@loadpath/core'
import { type Chosen, choices, needsFuture, policyNames } from '@loadpath/core/traces'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { listenForInterrupt } from '../interrupt.ts'
import { toJson } from '../json.ts'
import { Mistakes, mistake } from '../mistakes.ts'
import { printMissRatios } from '../print/miss-ratios.ts'
import { safe } from '../print/page.ts'
import { showProgressOf } from '../progress.ts'
import { type ReportFile, reportFile, writeReports } from '../report-file.ts'
import { pageFor } from '../terminal.ts'
import { analyse, type Question } from '../traces/analyse.ts'
import type { TraceCacheAnswer } from '../traces/answer.ts'
import { describeProgress, type TraceProgress } from '../traces/progress.ts'

export interface TraceFlags {
  readonly format?: string
  readonly policy?: readonly string[]
  readonly capacity?: readonly string[]
  readonly sample?: number
  readonly 'check-sample': boolean
  readonly seed?: number
  readonly svg?: string
  readonly html?: string
  readonly json: boolean
}

export async function runTrace(this: LoadpathContext, flags: TraceFlags, file: string): Promise<void> {
  const { stdout, stderr } = this.process
  await conclude(this, { json: flags.json, replay: () => call(file, flags) }, async (print) => {
    const question = questionOf(file, flags)
    const drafts = await draftsOf(file, flags)
    const { answer, exitCode } = await watch(stderr, question)
    const more = flags.policy === undefined && file !== '-' ? call(file, { ...flags, policy: ['all'] }) : null
    print(flags.json ? toJson(answer) : printMissRatios(answer, pageFor(stdout), more))
    const reports = drafts.map(({ draw, ...draft }) => ({ ...draft, text: () => draw(answer) }))
    writeReports(stderr, reports)
    return exitCode
  })
}

interface Drawing {
  readonly file: ReportFile
  readonly name: string
  readonly draw: (answer: TraceCacheAnswer) => string
}

/** Returns the reports to write. Their files are checked and their code is loaded before the trace is read. */
async function draftsOf(file: string, flags: TraceFlags): Promise<readonly Drawing[]> {
  const inputs = [file]
  const svg = flags.svg === undefined ? null : reportFile(flags.svg, { flag: '--svg curve.svg', inputs })
  const html = flags.html === undefined ? null : reportFile(flags.html, { inputs, others: [svg] })
  return [
    ...(svg === null
      ? []
      : [{ file: svg, name: 'curve', draw: (await import('../plot/miss-ratio-curve.ts')).missRatioSvg }]),
    ...(html === null
      ? []
      : [{ file: html, name: 'page', draw: (await import('../html/miss-ratios.ts')).missRatioPage }]),
  ]
}

async function watch(stderr: LoadpathContext['process']['stderr'], question: Question) {
  const name = question.file === '-' ? 'standard input' : safe(question.file)
  const line = showProgressOf<TraceProgress>(
    stderr,
    (progress, elapsedMs) => describeProgress(name, progress, elapsedMs),
    { everyMs: 1000 },
  )
  const interrupt = listenForInterrupt(
    (text) => {
      line.say(text)
      // The next input may never come.
      if (question.file === '-') process.stdin.destroy()
    },
    () => line.end(),
  )
  const progress = { read: 0, done: 0, planned: 0 }
  const report = (news: Partial<TraceProgress>) => line.report(Object.assign(progress, news))
  try {
    const answer = await analyse(question, {
      isOver: interrupt.isWanted,
      cause: interrupt.cause,
      onRead: (read) => report({ read }),
      onPlan: (planned) => report({ planned }),
      onDone: () => report({ done: progress.done + 1 }),
    })
    return { answer, exitCode: interrupt.isWanted() ? interrupt.exitCode() : exitCodes.ok }
  } catch (error) {
    throw error instanceof Mistakes && interrupt.isWanted() ? error.endingWith(interrupt.exitCode()) : error
  } finally {
    line.end()
    interrupt.stopListening()
  }
}

function questionOf(file: string, flags: TraceFlags): Question {
  if (flags['check-sample'] && flags.sample === undefined) {
    const hint = 'add `--sample 0.01`, or omit `--check-sample`'
    throw mistake('sample-to-check', '`--check-sample` needs `--sample`', hint)
  }
  const words = (flags.policy ?? ['lru']).flatMap((word) => (word === 'all' ? policyNames : [word]))
  const policies = [...new Set(words)].map((written) => {
    const chosen = read(written, choices.policy, '--policy') as Chosen
    return { written, name: chosen.name, needsFuture: needsFuture(chosen), chosen }
  })
  // A policy can be written in several ways.
  const once = new Map(policies.toReversed().map((policy) => [JSON.stringify(policy.chosen), policy]))
  return {
    file,
    format: flags.format === undefined ? undefined : read(flags.format, choices.format, '--format'),
    policies: policies.filter((policy) => once.get(JSON.stringify(policy.chosen)) === policy),
    capacities: (flags.capacity ?? []).map((written) => read(written, choices.capacity, '--capacity')),
    share: flags.sample === 1 ? undefined : flags.sample,
    checksSample: flags['check-sample'],
    seed: flags.seed ?? 1,
  }
}

function read<T>(written: string, param: Parameters<typeof readValue<T>>[1], from: string): T {
  const { value, problems } = readValue(written, param, from)
  if (value === undefined) throw new Mistakes(problems)
  return value
}

/** The same call again. */
function call(file: string, flags: TraceFlags): string {
  return commandLine([
    ...['loadpath', 'trace', file],
    ...(flags.format === undefined ? [] : ['--format', flags.format]),
    ...(flags.policy ?? []).flatMap((policy) => ['--policy', policy]),
    ...(flags.capacity ?? []).flatMap((capacity) => ['--capacity', capacity]),
    ...(flags.sample === undefined ? [] : ['--sample', String(flags.sample)]),
    ...(flags.seed === undefined ? [] : ['--seed', String(flags.seed)]),
  ])
}
