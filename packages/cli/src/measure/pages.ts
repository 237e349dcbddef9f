import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { atlasOf } from '../claims/atlas.ts'
import { claimsIn, conceptsIn } from '../claims/folders.ts'
import { fence, type GuidePlace, guidePlace, runLine, trimmed } from './chapter.ts'
import { sameExcerpt } from './excerpt.ts'
import type { Item, Report } from './item.ts'

type Pages = Pick<Report, 'broken' | 'look' | 'files'>

/** Runs what pages show, and says what they ought to show now. */
export function measurePages({ name, path }: Item, root: string): Pages {
  if (name === 'guide') return inFolder((folder) => measureGuide(path, root, folder))
  if (name === 'atlas') return measureAtlas(path)
  if (name === 'readme') return measureReadme(path, root)
  return inFolder((folder) => measurePrograms(path, root, folder))
}

function inFolder(work: (folder: string) => Pages): Pages {
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-measure-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The atlas is derived from the concepts and the heads of the claims. */
function measureAtlas(path: string): Pages {
  const folder = dirname(path)
  return { broken: [], look: [], files: { [path]: atlasOf(conceptsIn(folder), claimsIn(folder)) } }
}

/** Follows the chapters in their order: each command, and each excerpt of what the command before printed. */
function measureGuide(guide: string, root: string, folder: string): Pages {
  const place = guidePlace(root, folder)
  const pages = readdirSync(guide)
    .filter((name) => name.endsWith('.md'))
    .map((name) => measureChapter(join(guide, name), place))
  return {
    broken: pages.flatMap((page) => page.broken),
    look: pages.flatMap((page) => page.look),
    files: Object.assign({}, ...pages.map((page) => page.files)),
  }
}

function measureChapter(path: string, place: GuidePlace): Pages {
  const broken: string[] = []
  const look: string[] = []
  let output = ''
  const text = readFileSync(path, 'utf8').replace(fence, (whole, info: string, shown: string) => {
    if (info === 'sh') {
      output = trimmed(
        shown
          .trim()
          .split('\n')
          .map((line) => follow(line, place, broken))
          .join(''),
      )
    }
    if (info !== 'text' || output.includes(trimmed(shown))) return whole
    const now = sameExcerpt(trimmed(shown), output)
    if (now === null) broken.push(`${path}: the output no longer has anything like:\n${shown}`)
    else look.push(`${path}: an output has changed`)
    return now === null ? whole : `\`\`\`text\n${now}\n\`\`\``
  })
  return { broken, look: [...new Set(look)], files: { [path]: text } }
}

/** Runs one command of a chapter as a shell does. */
function follow(line: string, place: GuidePlace, broken: string[]): string {
  const { status, expected, stdout, stderr } = runLine(line, place)
  if (status !== expected) broken.push(`${line}: exits with ${status} instead of ${expected}: ${stderr.trim()}`)
  return stdout
}

/** The README shows the first sections of the answer to `designs/hello`. */
function measureReadme(path: string, root: string): Pages {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, 'packages/cli/bin/loadpath.js'), 'simulate', join(root, 'designs/hello')],
    { env: { ...process.env, COLUMNS: '100', NO_COLOR: '1' }, encoding: 'utf8' },
  )
  const shown = stdout.slice(0, stdout.indexOf('\nBlocks\n')).trim()
  const page = readFileSync(path, 'utf8')
  const text = page.replace(/^```text\n[\s\S]*?^```$/m, () => `\`\`\`text\n${shown}\n\`\`\``)
  return {
    broken: status === 0 ? [] : [`loadpath simulate designs/hello exits with ${status}`],
    look: text === page ? [] : [`${path}: the answer to designs/hello has changed`],
    files: { [path]: text },
  }
}

/** The README of the core has programs, each with what it prints. */
function measurePrograms(path: string, root: string, folder: string): Pages {
  mkdirSync(join(folder, 'node_modules/@loadpath'), { recursive: true })
  symlinkSync(resolve(root, 'packages/core'), join(folder, 'node_modules/@loadpath/core'))
  const broken: string[] = []
  const page = readFileSync(path, 'utf8')
  const programs = /^```js run\n([\s\S]*?)^```\n\n```text\n[\s\S]*?^```$/gm
  const text = page.replace(programs, (_, program: string) => {
    writeFileSync(join(folder, 'program.mjs'), program)
    const { stdout, stderr, status } = spawnSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' })
    if (status !== 0) broken.push(`${path}: a program exits with ${status}: ${stderr}`)
    return `\`\`\`js run\n${program}\`\`\`\n\n\`\`\`text\n${stdout}\`\`\``
  })
  return { broken, look: text === page ? [] : [`${path}: a program prints something else`], files: { [path]: text } }
}
