import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Mistakes } from '../mistakes.ts'
import { openTrace } from './pieces.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadpath-pieces-'))
const hasXz = spawnSync('xz', ['--version']).status === 0
const xzMagic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])
const hasZstd = spawnSync('zstd', ['--version']).status === 0
const text = Array.from({ length: 60_000 }, (_, i) => `${(i * 7919) % 4001} key\n`).join('')

async function read(bytes: Uint8Array, name = 'trace'): Promise<string> {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  const parts: Uint8Array[] = []
  for await (const piece of openTrace(file).pieces()) parts.push(piece)
  return Buffer.concat(parts).toString('latin1')
}

async function complaint(bytes: Uint8Array): Promise<string> {
  try {
    await read(bytes)
  } catch (error) {
    if (!(error instanceof Mistakes)) throw error
    return `${error.problems[0]?.code}: ${error.problems[0]?.message}`
  }
  return 'none'
}

function zstd(input: string, ...options: string[]): Buffer {
  return spawnSync('zstd', ['-q', '-c', ...options], { input, maxBuffer: 1e8 }).stdout
}

describe('plain and gzip', () => {
  it('come out as they went in', async () => {
    expect(await read(Buffer.from(text))).toBe(text)
    expect(await read(gzipSync(text))).toBe(text)
    expect(await read(Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]))).toBe('a\nb\n')
    expect(await read(Buffer.from(''))).toBe('')
  })

  it('cut off or damaged, are mistakes of the file', async () => {
    const whole = gzipSync(text)
    expect(await complaint(whole.subarray(0, whole.length - 9))).toMatch(/^broken-trace: .*gzip.* ends too early/)
    const damaged = Buffer.from(whole)
    damaged[whole.length >> 1] = (damaged[whole.length >> 1] ?? 0) ^ 0x55
    expect(await complaint(damaged)).toMatch(/^broken-trace: .*gzip/)
  })
})

describe.skipIf(!hasZstd)('zstd (needs zstd)', () => {
  it.each([[['-1']], [['-19']], [['--no-check']], [['--long=20']]])('%s comes out as it went in', async (options) => {
    expect(await read(zstd(text, ...options))).toBe(text)
  })

  it('may be several frames, tiny or empty ones, and frames to pass over', async () => {
    const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3])
    const frames = [zstd('a\n'), skipped, zstd(''), zstd(text), zstd('b\n', '--no-check')]
    expect(await read(Buffer.concat(frames))).toBe(`a\n${text}b\n`)
  })

  it('a file is decompressed one block at a time', async () => {
    const file = join(folder, 'zeros')
    writeFileSync(file, zstd('0'.repeat(30_000_000)))
    for await (const piece of openTrace(file).pieces()) expect(piece.length).toBeLessThanOrEqual(131_072)
  })

  it('cut off anywhere is a mistake of the file', async () => {
    const whole = zstd(text)
    for (const length of [5, 9, 1000, whole.length - 5, whole.length - 1]) {
      expect(await complaint(whole.subarray(0, length))).toMatch(/^broken-trace: .*zstd.* ends too early/)
    }
  })

  it('with any byte changed is a mistake of the file, or has the same content', async () => {
    const whole = zstd(text)
    for (let at = 4; at < whole.length; at += 997) {
      const damaged = Buffer.from(whole)
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8))
      const said = await complaint(damaged)
      if (said !== 'none') expect(said).toMatch(/^broken-trace/)
      else expect(await read(damaged)).toBe(text)
    }
  })
})

describe.skipIf(!hasXz)('xz (needs xz)', () => {
  const xz = (input: string) => spawnSync('xz', ['-c', '-T1'], { input, maxBuffer: 1e8 }).stdout

  it('a compressed file decompresses to its content', async () => {
    expect(await read(xz(text))).toBe(text)
    expect(await read(Buffer.concat([xz('a\n'), xz(''), xz('b\n')]))).toBe('a\nb\n')
  })

  it('cut off or damaged, is a mistake of the file', async () => {
    const whole = xz(text)
    expect(await complaint(whole.subarray(0, whole.length - 40))).toMatch(
      /^broken-trace: .*xz.* unexpected end of input/,
    )
    const damaged = Buffer.from(whole)
    damaged[whole.length >> 1] = (damaged[whole.length >> 1] ?? 0) ^ 0x55
    expect(await complaint(damaged)).toMatch(/^broken-trace: .*xz.*corrupt/)
  })

  it('reading a file may stop before its end', async () => {
    const file = join(folder, 'left')
    writeFileSync(file, xz(text.repeat(20)))
    for await (const piece of openTrace(file).pieces()) {
      expect(piece.length).toBeGreaterThan(0)
      break
    }
  })

  it('needs the program', async () => {
    const { PATH } = process.env
    process.env.PATH = folder
    const said = await complaint(xzMagic).finally(() => {
      process.env.PATH = PATH
    })
    expect(said).toBe('unknown-compression: the program `xz` is not on the PATH')
  })
})

it('bzip2 is refused with the remedy', async () => {
  expect(await complaint(Buffer.from([0x42, 0x5a, 0x68, 0x39]))).toBe(
    'unknown-compression: unsupported compression bzip2',
  )
})

it('a pipe is read once', () => {
  writeFileSync(join(folder, 'twice'), 'a\n')
  expect(openTrace(join(folder, 'twice'))).toMatchObject({ isRepeatable: true, bytes: 2 })
  expect(openTrace('/dev/null')).toMatchObject({ isRepeatable: false, bytes: Number.NaN })
})

it('a file that is not there is a mistake of the call', () => {
  expect(() => openTrace(join(folder, 'none'))).toThrow(Mistakes)
  expect(() => openTrace(folder)).toThrow('it is a folder')
})
