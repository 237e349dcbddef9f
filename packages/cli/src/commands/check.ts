import { catalogue, type Design, fixDesign, readDesign } from '@loadpath/core'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { type DesignText, readDesignText } from '../design-file.ts'
import { exitCodes } from '../exit-codes.ts'
import { problemsAsJson } from '../first-problems.ts'
import { toJson } from '../json.ts'
import { mistake } from '../mistakes.ts'
import { noRoom } from '../no-room.ts'
import { plural, safe } from '../print/page.ts'
import { countProblems, printProblems, readAloud } from '../reading.ts'
import { coloursFor } from '../terminal.ts'
import { writeWhole } from '../whole-file.ts'

export interface CheckFlags {
  readonly fix: boolean
  readonly json: boolean
}

export async function runCheck(this: LoadpathContext, flags: CheckFlags, argument: string): Promise<void> {
  const { stdout } = this.process
  await conclude(this, { json: flags.json, replay: () => commandLine(['loadpath', 'check', argument]) }, async () => {
    const found = readDesignText(argument)
    const { file, readFile } = found
    const { text, rewritten } = flags.fix ? readAloud(found, () => fix(found)) : { text: found.text, rewritten: [] }
    const { design, problems } = readAloud({ file, text }, () => readDesign(text, catalogue, { file, readFile }))
    if (flags.json) {
      stdout.write(
        toJson({ schemaVersion: 1, file, sound: design !== undefined, ...problemsAsJson(problems), rewritten }),
      )
    } else {
      for (const { place, from, to } of rewritten) {
        stdout.write(`${safe(file)}:${place.line}:${place.column}: rewritten: ${safe(from)} is now ${safe(to)}\n`)
      }
      const listed = printProblems(problems, text, coloursFor(stdout))
      const count = problems.length > 0 ? `: ${countProblems(problems)}` : ''
      const verdict =
        design === undefined
          ? `${safe(file)} is not sound${count}`
          : `${safe(file)} is sound${count}\n${contents(design)}`
      stdout.write(`${listed}${listed === '' ? '' : '\n'}${verdict}\n`)
    }
    return design === undefined ? exitCodes.wrong : exitCodes.ok
  })
}

function fix({ text, file, readFile, path }: DesignText): ReturnType<typeof fixed> {
  if (path === undefined) throw mistake('cannot-fix-stdin', 'standard input cannot be rewritten', 'name the file', file)
  const result = fixed(text, file, readFile)
  if (result.text === text) return result
  try {
    writeWhole(path, result.text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const reason = noRoom(error) ?? { why, hint: 'give yourself the right to write to it and to its folder' }
    throw mistake('unwritable-design', `the file cannot be rewritten: ${reason.why}`, reason.hint, file)
  }
  return result
}

function fixed(text: string, file: string, readFile: DesignText['readFile']) {
  const { text: better, rewrites } = fixDesign(text, catalogue, { file, readFile })
  return { text: better, rewritten: rewrites.map(({ place, from, to }) => ({ place, from, to })) }
}

function contents({ name, blocks, sources, faults, objectives, relations, variants }: Design): string {
  const counts: readonly [number, string][] = [
    [blocks.length, 'block'],
    [sources.length, 'source'],
    [faults.length, 'fault'],
    [objectives.length + relations.length, 'objective'],
    [variants.length, 'variant'],
  ]
  const parts = counts.filter(([n]) => n > 0).map(([n, word]) => plural(n, word))
  return `${safe(name)}: ${parts.join(', ')}`
}
