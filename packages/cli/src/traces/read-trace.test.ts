import { expect, it } from 'vitest'
import { Mistakes } from '../mistakes.ts'
import { Material } from './material.ts'
import type { TraceFile } from './pieces.ts'
import { readTrace } from './read-trace.ts'

function fileOf(...pieces: readonly (string | Uint8Array)[]): TraceFile {
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece))
  return {
    ...{ name: 'odd', bareName: 'odd', bytes: Number.NaN, isRepeatable: false },
    async *pieces() {
      yield* bytes
    },
  }
}

async function complaint(file: TraceFile, format?: string) {
  const chosen = format === undefined ? undefined : { name: format, values: {} }
  const options = { format: chosen, isOver: () => false, onRead: () => {} }
  try {
    await readTrace(file, [new Material(undefined)], options)
  } catch (error) {
    if (error instanceof Mistakes) return error.problems.map(({ code, message, hint }) => ({ code, message, hint }))
    throw error
  }
  return 'none'
}

it.each([
  [
    'a line without end',
    'x'.repeat(300_000),
    'keys',
    /^its only line is not in the format `keys`; .*x… \(longer than 64 KiB\)`, expected a key$/,
  ],
  ['zeros', new Uint8Array(100_000), undefined, /^no trace format matches the first lines$/],
  ['UTF-16', '\xff\xfek\0\n\0', undefined, /^the text is UTF-16, not UTF-8$/],
  ['nothing but ends of lines', '\r\n\n', undefined, /^the file has no request: it begins with empty lines only$/],
  [
    'one line of another format',
    'a\n',
    'lis',
    /^its only line is not in the format `lis`; line 1 is `a`, expected four whole/,
  ],
  ['one line of two', '1 1 0 0\na\nb\n', 'lis', /^2 of the first 3 lines are not in the format `lis`; line 2/],
  [
    'a record that is cut off',
    '123',
    'oracle-general',
    /^its only record is not in the format `oracle-general`; record 1/,
  ],
])('%s is a mistake of the file', async (_, content, format, message) => {
  expect(await complaint(fileOf(content), format)).toEqual([
    {
      code: expect.stringMatching(/^(wrong|unknown)-trace-format$|^empty-trace$/),
      message: expect.stringMatching(message),
      hint: expect.any(String),
    },
  ])
})
