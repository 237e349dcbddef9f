import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { NoXz, unxz } from './unxz.ts'
import { Unzstd } from './unzstd.ts'

/** A design keeps what it reads in memory. */
const largestFile = 64 * 1024 * 1024
const largestContent = 256 * 1024 * 1024

/** A file of data beside a design, decompressed; or, in a sentence, why it cannot be read. */
export function readDataFile(path: string, size: number): Uint8Array | { readonly complaint: string } {
  if (size > largestFile) return { complaint: 'it is larger than 64 MiB' }
  const bytes = readFileSync(path)
  const begins = (...magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte)
  try {
    if (begins(0x1f, 0x8b)) return gunzipSync(bytes, { maxOutputLength: largestContent })
    if (begins(0x28, 0xb5, 0x2f, 0xfd)) return unzstd(bytes)
    if (begins(0xfd, 0x37, 0x7a, 0x58)) return unxz(bytes, largestContent) ?? { complaint: tooLargeSaid }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE' || error instanceof TooLarge) {
      return { complaint: tooLargeSaid }
    }
    if (error instanceof NoXz) return { complaint: `it is compressed with xz, but ${error.message}` }
    const why = code === 'Z_BUF_ERROR' ? 'it ends too early' : error instanceof Error ? error.message : String(error)
    return { complaint: `it is damaged or cut off: ${why}` }
  }
  if (begins(0x42, 0x5a, 0x68)) {
    return { complaint: 'unsupported compression bzip2; use gzip, zstd or xz' }
  }
  return bytes
}

const tooLargeSaid = 'decompressed, it is larger than 256 MiB'

class TooLarge extends Error {}

function unzstd(bytes: Uint8Array): Uint8Array {
  const unzstd = new Unzstd()
  const parts: Uint8Array[] = []
  let length = 0
  for (const part of unzstd.push(bytes)) {
    length += part.length
    if (length > largestContent) throw new TooLarge()
    parts.push(part)
  }
  unzstd.end()
  return Buffer.concat(parts, length)
}
