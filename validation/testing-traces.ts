import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { decompress } from 'fzstd'

/** The folder of recorded traces, which are not all ours to pass on. */
const folder = process.env.LOADPATH_TRACES

export const hasTraces = folder !== undefined && folder !== ''
export const hasXz = spawnSync('xz', ['--version']).status === 0

function bytesOf(path: string): Buffer {
  const file = `${folder}/${path}`
  if (path.endsWith('.gz')) return gunzipSync(readFileSync(file))
  if (path.endsWith('.xz')) return execFileSync('xz', ['-dc', file], { maxBuffer: 2 ** 28 })
  return Buffer.from(decompress(readFileSync(file)))
}

/** A trace of the ARC paper (Megiddo & Modha, FAST 2003): each line is a first block and a number of blocks. */
export function arcTrace(name: string): Float64Array {
  const keys: number[] = []
  for (const line of bytesOf(`arc/${name}.lis.zst`).toString('latin1').split('\n')) {
    const [start = 0, count = 0] = line.split(' ', 2).map(Number)
    for (let block = start; block < start + count; block++) keys.push(block)
  }
  return Float64Array.from(keys)
}

/** A trace of the authors of LIRS: a block a line, and some lines that are none. */
export function lirsTrace(name: string): Float64Array {
  const lines = bytesOf(`lirs/${name}.trace.gz`).toString('latin1').split('\n')
  return Float64Array.from(
    lines.map((line) => line.trim()).filter((line) => /^\d+$/.test(line)),
    Number,
  )
}

/** libCacheSim's oracleGeneral: 24 bytes a request, of which the object and its size in bytes. */
export function oracleTrace(path: string): { readonly keys: Float64Array; readonly bytes: Float64Array } {
  const records = bytesOf(path)
  const length = records.length / 24
  return {
    keys: Float64Array.from({ length }, (_, i) => Number(records.readBigUInt64LE(24 * i + 4))),
    bytes: Float64Array.from({ length }, (_, i) => records.readUInt32LE(24 * i + 12)),
  }
}

/** One column of a trace in CSV, its first line being the names. */
export function csvTrace(path: string, column: string): Float64Array {
  const [names = '', ...lines] = bytesOf(path).toString('latin1').trim().split('\n')
  const index = names
    .split(',')
    .map((name) => name.trim())
    .indexOf(column)
  return Float64Array.from(lines, (line) => Number(line.split(',')[index]))
}
