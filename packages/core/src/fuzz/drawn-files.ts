import type { FileReader } from '../support/params/reading.ts'

/** By name; what a trace holds follows from the format that its name ends in. */
const texts: Readonly<Record<string, string>> = {
  'observed.txt': '1\n2 3\n5 1\n',
  'asked.keys': '/a\n/b\n/a\n/c\n/a\n',
  'asked.lis': '1 3 0 0\n2 2 0 1\n',
  'asked.lirs': '1\n*\n2\n1\n',
  'asked.adaptsize': '1 7 100\n2 8 200\n3 7 100\n',
  'asked.csv': 'time,key,size\n0,a,10\n0,b,20\n1,a,10\n',
  'asked.json-lines': '{"ts":1,"uri":"/a"}\n{"ts":1.5,"uri":"/b"}\n{"ts":1.6,"uri":"/a"}\n',
  'asked.oracle-general': [1, 2, 1]
    .map((key) => `\x01\0\0\0${String.fromCharCode(key)}${'\0'.repeat(7)}\x10\0\0\0${'\xff'.repeat(8)}`)
    .join(''),
  'asked.int32': '\x01\0\0\0\x02\0\0\0\x01\0\0\0',
  'asked.int32-be': '\0\0\0\x01\0\0\0\x02\0\0\0\x01',
  'asked.int64': '\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0',
  'asked.int64-be': '\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x02',
  'asked.access-log': [0, 0, 1, 1, 3]
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
