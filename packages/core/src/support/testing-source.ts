import type { UniformSource } from './distributions/distribution.ts'

/** A uniform source for tests: xorshift128 of Marsaglia, 53 bits in the open interval. */
export function testingSource(seed: number): UniformSource {
  let [x, y, z, w] = [seed | 0 || 1, 362436069, 521288629, 88675123]
  const word = () => {
    const t = x ^ (x << 11)
    x = y
    y = z
    z = w
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8)
    return w >>> 0
  }
  for (let i = 0; i < 20; i += 1) word()
  return { next: () => ((word() >>> 5) * 67108864 + (word() >>> 6) + 0.5) / 9007199254740992 }
}
