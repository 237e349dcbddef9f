import type { FileReader } from '../support/params/reading.ts'

const texts: Readonly<Record<string, string>> = {
  'observed.txt': '1\n2 3\n5 1\n',
  'asked.keys': '/a\n/b\n/a\n/c\n/a\n',
  'access.log': [0, 0, 1, 1, 3]
    .map(
      (second, i) =>
        `h - - [01/Jan/2026:00:00:0${second} +0000] "${i === 3 ? 'POST' : 'GET'} /${i % 2} HTTP/1.1" 200 9`,
    )
    .join('\n'),
}

const bytes = new Map(
  Object.entries(texts).map(([name, text]) => [name, Uint8Array.from(text, (character) => character.charCodeAt(0))]),
)

/** Files that a drawn design may name. */
export const readDrawnFile: FileReader = Object.assign((path: string): string | undefined => texts[path], {
  bytes: (path: string) => bytes.get(path),
})
