import { describe, type Node } from './node.ts'
import type { Described, Param, ParamKind, Presence } from './param.ts'
import { presence } from './param.ts'
import { complain, type FileBytes, type Reading } from './reading.ts'
import { described } from './schema.ts'
import { readText } from './words.ts'

const longestFile = 16 * 1024 * 1024
const expectedFile = 'the relative path of a file in the folder of the design'

/** The text of a file in the folder of the design, as it was when the design was read; the host reads it. */
export const file: ParamKind<unknown, string, string> = (options: Described & Presence): Param<never, never> => ({
  ...presence(options),
  kind: 'file',
  expected: expectedFile,
  read: (node, reading) => readFile(node, reading) as never,
  fits: (node) => (node.kind === 'scalar' ? 1 : 0),
  schema: () => described({ type: 'string' }, options.meaning),
})

function readFile(node: Node, reading: Reading): string | undefined {
  const path = readPath(node, reading)
  if (path === undefined) return undefined
  const content = reading.readFile?.(path)
  if (content === undefined) return notThere(node, reading.readFile !== undefined, reading)
  if (content.length <= longestFile) return content
  const found = describe(node)
  return complain(reading, node.place, { code: 'too-large', message: `file ${found} is larger than 16 MiB`, found })
}

/** A file of data, decompressed; a complaint has been reported. */
export function readBytes(
  node: Node,
  reading: Reading,
): { readonly path: string; readonly bytes: Uint8Array } | undefined {
  const path = readPath(node, reading)
  if (path === undefined) return undefined
  const content: FileBytes | undefined = reading.readFile?.bytes?.(path)
  if (content === undefined) return notThere(node, reading.readFile?.bytes !== undefined, reading)
  if (!('complaint' in content)) return { path, bytes: content }
  const message = `cannot read the file: ${content.complaint}`
  return complain(reading, node.place, { code: 'file-not-found', message, found: describe(node) })
}

function readPath(node: Node, reading: Reading): string | undefined {
  const path = readText(node, expectedFile, reading)
  if (path === undefined) return undefined
  const isOutside = /^[/\\]|^[a-z]:|\\|\0/i.test(path) || path.split('/').includes('..')
  if (!isOutside) return path
  const message = `path ${describe(node)} leaves the folder of the design`
  return complain(reading, node.place, {
    code: 'outside-folder',
    message,
    expected: expectedFile,
    found: describe(node),
  })
}

function notThere(node: Node, canRead: boolean, reading: Reading): undefined {
  const message = canRead ? `cannot read file ${describe(node)}` : 'this host cannot read files'
  return complain(reading, node.place, {
    code: 'file-not-found',
    message,
    expected: expectedFile,
    found: describe(node),
  })
}
