import { Decompress } from 'fzstd'
import { Xxh64 } from './xxh64.ts'

/** The largest block that the format allows. */
const largestBlock = 131_072

interface Frame {
  readonly decoder: Decompress
  readonly hash: Xxh64 | null
}

/**
 * Decompresses zstd as its bytes come. The frames are taken apart here, so that no more than one block is decompressed at
 * a time, whatever it blows up to, and so that checksums are compared, which the decoder leaves out.
 *
 * Source: Y. Collet, M. Kucherawy, "Zstandard Compression and the 'application/zstd' Media Type", RFC 8878.
 */
export class Unzstd {
  private rest: Uint8Array = new Uint8Array(0)
  private frame: Frame | null = null
  /** Bytes that are not data and still to come. */
  private skipping = 0
  private readonly out: Uint8Array[] = []

  /** Throws an `Error` if something is missing. */
  end(): void {
    if (this.frame !== null || this.rest.length > 0 || this.skipping > 0) throw new Error('it ends too early')
  }

  /** Decompresses what is complete; throws an `Error` at what is no zstd. */
  *push(piece: Uint8Array): Generator<Uint8Array> {
    this.rest = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece])
    for (;;) {
      const used = this.frame === null ? this.beginFrame() : this.block(this.frame)
      if (used === 0) break
      this.rest = this.rest.subarray(used)
      yield* this.out
      this.out.length = 0
    }
  }

  /** The header of a frame: how many bytes of it were taken, 0 if it is not all there. */
  private beginFrame(): number {
    const { rest } = this
    if (this.skipping > 0) {
      const skipped = Math.min(this.skipping, rest.length)
      this.skipping -= skipped
      return skipped
    }
    if (rest.length < 5) return 0
    const magic = wordAt(rest, 0)
    if (magic >>> 4 === 0x184d2a5) {
      if (rest.length < 8) return 0
      this.skipping = wordAt(rest, 4)
      return 8
    }
    if (magic !== 0xfd2fb528) throw new Error('the data after the first frame is not zstd')
    const flags = rest[4] as number
    const isSingle = (flags & 32) !== 0
    const dictionary = [0, 1, 2, 4][flags & 3] as number
    const contentSize = [isSingle ? 1 : 0, 2, 4, 8][flags >>> 6] as number
    const length = 5 + (isSingle ? 0 : 1) + dictionary + contentSize
    if (rest.length < length) return 0
    const hash = (flags & 4) === 0 ? null : new Xxh64()
    const decoder = new Decompress((data) => {
      if (data.length === 0) return
      hash?.push(data)
      this.out.push(data)
    })
    this.frame = { decoder, hash }
    decoder.push(rest.slice(0, length))
    return length
  }

  /** A block, and after the last one the checksum: how many bytes were taken, 0 if it is not all there. */
  private block({ decoder, hash }: Frame): number {
    const { rest } = this
    if (rest.length < 3) return 0
    const header = (rest[0] as number) | ((rest[1] as number) << 8) | ((rest[2] as number) << 16)
    const isLast = (header & 1) === 1
    const isRun = ((header >>> 1) & 3) === 1
    const size = header >>> 3
    if (size > largestBlock) throw new Error('a block is larger than zstd allows')
    const end = 3 + (isRun ? 1 : size)
    const length = end + (isLast && hash !== null ? 4 : 0)
    if (rest.length < length) return 0
    decoder.push(rest.slice(0, length), isLast)
    if (!isLast) return length
    if (hash !== null && hash.digest() !== wordAt(rest, end)) throw new Error('its checksum is wrong')
    this.frame = null
    return length
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true)
}
