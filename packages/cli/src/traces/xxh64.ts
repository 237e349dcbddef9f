/**
 * XXH64 with seed 0, of bytes that come piece by piece: the checksum at the end of a zstd frame. What runs over all bytes
 * has 64-bit numbers as pairs of 32-bit ones, because BigInt would take a hundred times as long.
 *
 * Source: Y. Collet, "xxHash fast digest algorithm", doc/xxhash_spec.md, version 0.2.0.
 */
export class Xxh64 {
  /** The four lanes, each its lower half and its upper half. */
  private readonly lanes = new Int32Array(
    [prime1 + prime2, prime2, 0n, -prime1].flatMap((lane) => [
      Number(BigInt.asIntN(32, lane)),
      Number(BigInt.asIntN(32, lane >> 32n)),
    ]),
  )
  private readonly stripe = new Uint8Array(32)
  private filled = 0
  private total = 0

  push(piece: Uint8Array): void {
    this.total += piece.length
    let at = 0
    if (this.filled > 0) {
      at = Math.min(piece.length, 32 - this.filled)
      this.stripe.set(piece.subarray(0, at), this.filled)
      this.filled += at
      if (this.filled < 32) return
      this.mix(this.stripe, 0)
    }
    for (; at + 32 <= piece.length; at += 32) this.mix(piece, at)
    this.stripe.set(piece.subarray(at))
    this.filled = piece.length - at
  }

  /** The lower 32 bits: as much as zstd keeps. */
  digest(): number {
    let hash = (this.total >= 32 ? this.merged() : prime5) + BigInt(this.total)
    const rest = new DataView(this.stripe.buffer, 0, this.filled)
    let at = 0
    for (; at + 8 <= this.filled; at += 8)
      hash = rotated(hash ^ round(0n, rest.getBigUint64(at, true)), 27n) * prime1 + prime4
    for (; at + 4 <= this.filled; at += 4)
      hash = rotated(hash ^ (BigInt(rest.getUint32(at, true)) * prime1), 23n) * prime2 + prime3
    for (; at < this.filled; at++) hash = rotated(hash ^ (BigInt(rest.getUint8(at)) * prime5), 11n) * prime1
    hash = word(hash)
    hash = word((hash ^ (hash >> 33n)) * prime2)
    hash = word((hash ^ (hash >> 29n)) * prime3)
    return Number((hash ^ (hash >> 32n)) & 0xffffffffn)
  }

  private merged(): bigint {
    const lanes = [0, 2, 4, 6].map((at) =>
      word((BigInt(this.lanes[at + 1] as number) << 32n) | BigInt((this.lanes[at] as number) >>> 0)),
    )
    const turns = [1n, 7n, 12n, 18n]
    const hash = lanes.reduce((sum, lane, i) => sum + rotated(lane, turns[i] as bigint), 0n)
    return lanes.reduce((sum, lane) => word((word(sum) ^ round(0n, lane)) * prime1 + prime4), hash)
  }

  /** One round of each lane: add the input times the second prime, turn by 31 bits, multiply by the first. */
  private mix(bytes: Uint8Array, from: number): void {
    const { lanes } = this
    for (let lane = 0; lane < 8; lane += 2) {
      const at = from + lane * 4
      const low = lowWord(bytes, at)
      const high = lowWord(bytes, at + 4)
      const productLow = Math.imul(low, 0x27d4eb4f)
      const productHigh = upperHalf(low, 0x27d4eb4f) + Math.imul(low, 0xc2b2ae3d) + Math.imul(high, 0x27d4eb4f)
      const sumLow = (lanes[lane] as number) + productLow
      const carry = ((lanes[lane] as number) >>> 0) + (productLow >>> 0) > 0xffffffff ? 1 : 0
      const sumHigh = ((lanes[lane + 1] as number) + productHigh + carry) | 0
      const turnedLow = (sumLow << 31) | (sumHigh >>> 1)
      const turnedHigh = (sumHigh << 31) | ((sumLow | 0) >>> 1)
      lanes[lane] = Math.imul(turnedLow, 0x85ebca87)
      lanes[lane + 1] =
        upperHalf(turnedLow, 0x85ebca87) + Math.imul(turnedLow, 0x9e3779b1) + Math.imul(turnedHigh, 0x85ebca87)
    }
  }
}

const prime1 = 0x9e3779b185ebca87n
const prime2 = 0xc2b2ae3d27d4eb4fn
const prime3 = 0x165667b19e3779f9n
const prime4 = 0x85ebca77c2b2ae63n
const prime5 = 0x27d4eb2f165667c5n

function word(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}

function rotated(value: bigint, by: bigint): bigint {
  const bits = word(value)
  return word(bits << by) | (bits >> (64n - by))
}

function round(lane: bigint, input: bigint): bigint {
  return word(rotated(lane + input * prime2, 31n) * prime1)
}

function lowWord(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  )
}

/** The upper 32 bits of the product of two 32-bit numbers without sign. */
function upperHalf(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16]
  const low = aLow * bLow
  const middle = aHigh * bLow + (low >>> 16)
  const cross = aLow * bHigh + (middle & 0xffff)
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)) | 0
}
