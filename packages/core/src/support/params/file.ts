import { invariant } from '../invariant.ts'
import { type Dimension, dimensions, parseQuantity } from '../units.ts'
import { describe, type ListNode, type Node } from './node.ts'
import type { Described, Param, ParamKind, Presence } from './param.ts'
import { presence } from './param.ts'
import { complain, type Reading } from './reading.ts'
import { described } from './schema.ts'
import { readText } from './words.ts'

/** A file beside the design, as it was when the design was read. */
export interface FileText {
  readonly path: string
  readonly text: string
}

const longestFile = 16 * 1024 * 1024
const mostValues = 1_000_000
const expectedFile = 'the relative path of a file in the folder of the design'

/** A file in the folder of the design; the host reads it. */
export const file: ParamKind<unknown, FileText, string> = (options: Described & Presence): Param<never, never> => ({
  ...presence(options),
  kind: 'file',
  expected: expectedFile,
  read: (node, reading) => readFile(node, reading) as never,
  fits: (node) => (node.kind === 'scalar' ? 1 : 0),
  schema: () => described({ type: 'string' }, options.meaning),
})

/**
 * Measured values in the dimension of the law: a list, or a file with one value a line, each with its unit. In a file
 * a bare number is in the base unit, and empty lines and lines that begin with `#` are passed over.
 */
export const amounts: ParamKind<unknown, readonly number[], string | readonly (string | number)[]> = (
  options: Described & Presence,
): Param<never, never> => ({
  ...presence(options),
  kind: 'amounts',
  expected: `a list of values, or ${expectedFile}`,
  read: (node, reading) => readAmounts(node, reading) as never,
  fits: (node) => (node.kind === 'map' ? 0 : 1),
  schema: () => described({ type: ['array', 'string'], items: { type: ['string', 'number'] } }, options.meaning),
})

function readFile(node: Node, reading: Reading): FileText | undefined {
  const path = readText(node, expectedFile, reading)
  if (path === undefined) return undefined
  const found = describe(node)
  const isOutside = /^[/\\]|^[a-z]:|\\|\0/i.test(path) || path.split('/').includes('..')
  if (isOutside) {
    const message = 'this path leaves the folder of the design'
    return complain(reading, node.place, { code: 'outside-folder', message, expected: expectedFile, found })
  }
  const content = reading.readFile?.(path)
  if (content === undefined) {
    const message = reading.readFile === undefined ? 'files cannot be read here' : 'this file cannot be read'
    return complain(reading, node.place, { code: 'file-not-found', message, expected: expectedFile, found })
  }
  if (content.length <= longestFile) return { path, text: content }
  return complain(reading, node.place, { code: 'too-large', message: 'this file is larger than 16 MiB', found })
}

function readAmounts(node: Node, reading: Reading): readonly number[] | undefined {
  const { dimension } = reading
  invariant(dimension !== undefined, 'amounts were read outside a law')
  if (node.kind === 'list') return readItems(node, dimension, reading)
  const content = readFile(node, reading)
  return content === undefined ? undefined : readLines(content, node, dimension, reading)
}

function readItems(node: ListNode, dimension: Dimension, reading: Reading): readonly number[] | undefined {
  const values = node.items.map((item) => {
    const result = item.kind === 'scalar' ? parseQuantity(item.text, dimension) : undefined
    if (result !== undefined && 'value' in result && result.value >= 0) return result.value
    const { article, example } = dimensions[dimension]
    const fault = result !== undefined && 'code' in result ? result : { code: 'malformed-quantity' }
    const facts = {
      message: `this must be ${article}`,
      expected: `${article} such as \`${example}\``,
      found: describe(item),
    }
    return complain(reading, item.place, { ...facts, ...fault })
  })
  if (values.length === 0) {
    return complain(reading, node.place, {
      code: 'wrong-form',
      message: 'at least one value is needed',
      found: describe(node),
    })
  }
  return values.includes(undefined) ? undefined : (values as readonly number[])
}

function readLines(
  content: FileText,
  node: Node,
  dimension: Dimension,
  reading: Reading,
): readonly number[] | undefined {
  const values: number[] = []
  const fault = (number: number, code: string, message: string, found: string, hint?: string) =>
    complain(reading, node.place, { code, message: `${content.path}, line ${number}: ${message}`, found, hint })
  for (const [index, raw] of content.text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    if (values.length >= mostValues) return fault(index + 1, 'too-large', `more than ${mostValues} values`, 'more')
    const isBare = /^\d+(\.\d+)?([eE][+-]?\d{1,4})?$/.test(line)
    const result = parseQuantity(isBare ? `${line}${dimensions[dimension].baseUnit}` : line, dimension)
    if ('code' in result)
      return fault(index + 1, result.code, `this is not ${dimensions[dimension].article}`, result.found, result.hint)
    if (result.value < 0) return fault(index + 1, 'out-of-range', 'this value is negative', `\`${line}\``)
    values.push(result.value)
  }
  return values.length > 0 ? values : fault(1, 'wrong-form', 'the file holds no values', 'nothing')
}
