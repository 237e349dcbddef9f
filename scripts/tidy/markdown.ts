import { dirname, join, normalize } from 'node:path/posix'
import type { RepositoryFile } from './repository.ts'

/** A design in a Markdown file, fenced as `yaml loadpath`. */
export interface Snippet {
  readonly path: string
  /** Line of its first line in the file, from 1. */
  readonly line: number
  readonly text: string
}

interface Line {
  readonly number: number
  readonly text: string
  /** What was written behind the fence that is open here; undefined outside of fences. */
  readonly fence: string | undefined
}

/** The designs that the documentation shows. Each must be accepted by the checker. */
export function designSnippets(files: readonly RepositoryFile[]): Snippet[] {
  return markdown(files).flatMap(({ path, text }) => {
    const snippets: { path: string; line: number; text: string }[] = []
    let before = 0
    for (const line of linesOf(text)) {
      if (line.fence === 'yaml loadpath') {
        if (before !== line.number - 1) snippets.push({ path, line: line.number, text: '' })
        const snippet = snippets.at(-1)
        if (snippet !== undefined) snippet.text += `${line.text}\n`
        before = line.number
      }
    }
    return snippets
  })
}

/** Markdown files without exactly one title. */
export function oneTitle(files: readonly RepositoryFile[]): string[] {
  return markdown(files).flatMap(({ path, text }) => {
    const titles = linesOf(text).filter((line) => line.fence === undefined && /^# /.test(line.text))
    return titles.length === 1 ? [] : [`${path} has ${titles.length} titles (\`# …\`); one is right`]
  })
}

const decisionsFolder = 'docs/decisions/'

/** Decisions that are longer than a screen or misnumbered, and an index that is not made of their titles in order. */
export function decisions(files: readonly RepositoryFile[]): string[] {
  const indexPath = `${decisionsFolder}README.md`
  const found = markdown(files).filter(({ path }) => path.startsWith(decisionsFolder) && path !== indexPath)
  const index = files.find(({ path }) => path === indexPath)?.text ?? ''
  const numbers = new Set<string>()
  const complaints = found.flatMap(({ path, text }) => {
    const name = path.slice(decisionsFolder.length)
    const number = name.slice(0, 4)
    const lines = text.trimEnd().split('\n').length
    const own = [
      lines > 30 && `${path} has ${lines} lines; a decision has at most 30`,
      !/^\d{4}-[a-z0-9-]+\.md$/.test(name) && `${path} is not named NNNN-what-was-decided.md`,
      numbers.has(number) && `${path}: the number ${number} is taken`,
    ]
    numbers.add(number)
    return own.filter((one) => one !== false)
  })
  return [...complaints, ...wrongIndex(indexPath, index, found), ...wrongGaps(indexPath, index, numbers)]
}

/** The index has one line for each decision, in order: its number and its title, which is the link. */
function wrongIndex(path: string, index: string, found: readonly RepositoryFile[]): string[] {
  const expected = found
    .map((decision) => {
      const name = decision.path.slice(decisionsFolder.length)
      return `- ${name.slice(0, 4)} [${/^# (.*)$/m.exec(decision.text)?.[1]}](${name})`
    })
    .sort()
  const lines = index.split('\n').filter((line) => /^- \d/.test(line))
  return expected.join('\n') === lines.join('\n')
    ? []
    : [`${path} is to list the decisions in order, by their titles:\n${expected.join('\n')}`]
}

/** Each number below the last is a decision, or the index says `Never used: 0008, 0009.` of it. */
function wrongGaps(path: string, index: string, numbers: ReadonlySet<string>): string[] {
  const last = Math.max(0, ...[...numbers].map(Number).filter((number) => number > 0))
  const all = Array.from({ length: last }, (_, i) => String(i + 1).padStart(4, '0'))
  const gaps = all.filter((number) => !numbers.has(number)).join(', ')
  const said = /^Never used: ([\d,\s]+)\.$/m.exec(index)?.[1]?.replace(/\s+/g, ' ') ?? ''
  return said === gaps ? [] : [`${path} is to say \`Never used: ${gaps}.\`, and says ${said === '' ? 'nothing' : said}`]
}

/** Relative links that lead nowhere, or to a heading that is not there. */
export function deadLinks(files: readonly RepositoryFile[]): string[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const folders = new Set(files.flatMap(({ path }) => ancestors(path)))
  return markdown(files).flatMap(({ path, text }) =>
    linesOf(text).flatMap((line) =>
      linksOf(line).flatMap((link) => {
        const [file = '', heading] = link.split('#')
        const target = file === '' ? path : normalize(join(dirname(path), decodeURI(file))).replace(/\/$/, '')
        if (!texts.has(target) && !folders.has(target)) return [`${path}:${line.number} links to ${link}: no such file`]
        if (heading === undefined || !target.endsWith('.md')) return []
        return headingsOf(texts.get(target) ?? '').has(heading)
          ? []
          : [`${path}:${line.number} links to ${link}: no such heading`]
      }),
    ),
  )
}

function linksOf({ text, fence }: Line): string[] {
  if (fence !== undefined) return []
  const prose = text.replace(/`[^`]*`/g, '')
  const links = [...prose.matchAll(/\]\(<?([^)>\s]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  return links.filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link))
}

/** The anchors that GitHub gives to the headings of a file. */
function headingsOf(text: string): Set<string> {
  const seen = new Map<string, number>()
  const anchors = new Set<string>()
  for (const line of linesOf(text)) {
    const title = line.fence === undefined ? /^#{1,6} +(.*?) *$/.exec(line.text)?.[1] : undefined
    if (title === undefined) continue
    const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const anchor = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')
    const times = seen.get(anchor) ?? 0
    seen.set(anchor, times + 1)
    anchors.add(times === 0 ? anchor : `${anchor}-${times}`)
  }
  return anchors
}

function ancestors(path: string): string[] {
  const folder = dirname(path)
  return folder === '.' ? ['.'] : [folder, ...ancestors(folder)]
}

function markdown(files: readonly RepositoryFile[]): RepositoryFile[] {
  return files.filter(({ path }) => path.endsWith('.md'))
}

/** Lines with the fence that they stand in; the fences themselves are left out. */
function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let open: { mark: string; info: string } | undefined
  for (const [i, line] of text.split('\n').entries()) {
    const fence = /^\s*(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line)
    const mark = fence?.[1]
    if (mark !== undefined && open === undefined) open = { mark, info: fence?.[2] ?? '' }
    else if (mark !== undefined && open !== undefined && mark.startsWith(open.mark) && fence?.[2] === '')
      open = undefined
    else lines.push({ number: i + 1, text: line, fence: open?.info })
  }
  return lines
}
