import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, ln, pow } from './elementary.ts'

const bits = new BigInt64Array(1)
const value = new Float64Array(bits.buffer)
const order = (x: number) => {
  value[0] = x
  const raw = bits[0] as bigint
  return raw < 0n ? -(raw & 0x7fffffffffffffffn) : raw
}
/** Distance in representable numbers. */
const ulps = (a: number, b: number) => {
  if (Object.is(a, b) || (Number.isNaN(a) && Number.isNaN(b))) return 0
  if (Number.isNaN(a) || Number.isNaN(b)) return Infinity
  const distance = order(a) - order(b)
  return Number(distance < 0n ? -distance : distance)
}
const anyDouble = fc.double({ noNaN: true })

describe('ln', () => {
  it('is within one unit in the last place of the engine over all magnitudes', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), (x) => ulps(ln(x), Math.log(x)) <= 1),
      { numRuns: 50_000, seed: 1 },
    )
  })
  it('is exact at its special values', () => {
    expect([ln(0), ln(-0), ln(1), ln(Infinity), ln(-1), ln(NaN)]).toEqual([-Infinity, -Infinity, 0, Infinity, NaN, NaN])
    expect(ulps(ln(5e-324), -744.4400719213812)).toBe(0)
    expect(ln(2)).toBe(Math.LN2)
    expect(ln(10)).toBe(Math.LN10)
  })
})

describe('exp', () => {
  it('is within one unit in the last place of the engine', () => {
    fc.assert(
      fc.property(fc.double({ min: -750, max: 750, noNaN: true }), (x) => ulps(exp(x), Math.exp(x)) <= 1),
      { numRuns: 50_000, seed: 1 },
    )
    for (let x = -745; x < 710; x += 0.037) expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(1)
  })
  it('is exact at its special values', () => {
    const points = [0, -0, Infinity, -Infinity, NaN, 710, -746, 1e308, -1e308]
    expect(points.map(exp)).toEqual([1, 1, Infinity, 0, NaN, Infinity, 0, Infinity, 0])
    expect(exp(1)).toBe(Math.E)
    expect(exp(-745)).toBe(5e-324)
    expect(exp(709.782712893384)).toBe(1.7976931348622732e308)
  })
})

describe('pow', () => {
  it('is within one unit in the last place of the engine', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), fc.double({ min: -300, max: 300, noNaN: true }), (x, y) => {
        return ulps(pow(x, y), x ** y) <= 1
      }),
      { numRuns: 50_000, seed: 1 },
    )
    for (let i = 1; i < 20_000; i += 1) {
      const x = i / 1000
      const y = ((i * 7919) % 20_011) / 100 - 100
      expect(ulps(pow(x, y), x ** y), `${x} ** ${y}`).toBeLessThanOrEqual(1)
    }
  })
  it('agrees with 40-digit references', () => {
    const references: [number, number, number][] = [
      [1.0009088184001853, 240769.70128570648, 9.713961911875677e94],
      [30.208157265655124, -6.171925378262344, 7.324596071833303e-10],
      [2413848597313572.5, 1.4475111372089415, 1.8477537141087621e22],
      [1.0007582302462867, 16.804589345013383, 1.0128183798141175],
      [1505114164922464.8, 1.2847769016672155, 3.160753618586322e19],
      [1.000097454309731, 140790.65806020066, 908897.7428422383],
      [1.0004361618666275, -0.47310892460154097, 0.999793714196542],
      [57.402273528956236, 24.252106250866504, 4.5471080168493475e42],
      [92.8945601200017, 1.1916952219890442, 221.43415878256994],
      [54.176594245952344, 7.978554292741983, 68125669388374.31],
      [1.0008005953212575, 223138.54820377266, 3.5720977270074474e77],
      [0.15076537445280958, 6.29930627995693, 6.666074699314852e-6],
      [1.000586375097416, 0.03252224188826425, 1.0000190648255167],
      [0.9985089453757765, 26.93372958781638, 0.9606072600329343],
      [1.0002633732047395, -1.11701688050345, 0.9997058896777422],
      [1.000595650238402, 267778.31860461715, 1.779554384123701e69],
      [94.06212554239633, 2.618615417231032, 147100.58146004766],
      [1.5162797436138114e-6, 29.24735586939687, 6.355976374896212e-171],
      [1.0005892031463397, -0.20249742181975305, 0.9998807301308915],
      [0.6792813980381086, 5.362617400546426, 0.12570336833881648],
      [1.000320025385748, 209186.5268019871, 1.172714880606789e29],
      [6.16414826436017e-8, -23.707696450230447, 8.619865292224369e170],
      [97.13745010588913, 0.9223396988425101, 68.08409191403753],
      [0.26937813489657025, -23.88949844208771, 40584289914240.17],
      [33.375365044867536, -2.52030996963187, 0.00014470855351796124],
      [1.000957581029764, 194542.26823175824, 7.345156583241485e80],
      [0.8362050118928878, 1.8375470468103305, 0.7198567030243554],
      [1.0002919428908705, -2.1167522610630343, 0.9993823102630827],
      [1.6679648686379523e-17, -2.0640128463698453, 4.262081736962764e34],
      [3.8821637985298726e17, 3.5322899893646635, 1.3480608672775753e62],
      [1.000889704109933, 358459.3372078261, 2.784903937230789e138],
      [0.857981097613854, 24.21655690802052, 0.024493983362926935],
      [0.6937056072972548, -2.921133019877322, 2.910370992535665],
      [766290.83036527, -26.80520254118333, 1.851982806507789e-158],
      [1.1219973408012008e17, 1.8693084768500228, 7.442078618011165e31],
      [1.000791671918882, 376529.95338208956, 2.5517564537939256e129],
      [44233.912557130294, -2.700408886828023, 2.848137507472558e-13],
      [0.0016516005599130222, -10.613029997126318, 3.360914484546326e29],
      [0.8195260316268254, -2.5894998692208704, 1.6742844332603113],
      [1.0000861280077353, -20.577500619927136, 0.9982293466449192],
    ]
    for (const [x, y, expected] of references) expect(ulps(pow(x, y), expected), `${x} ** ${y}`).toBeLessThanOrEqual(1)
  })
  it('is exact for whole powers that are representable', () => {
    for (let base = 2; base < 200; base += 1) {
      for (let power = 1, exact = BigInt(base); exact < 2n ** 53n; power += 1, exact *= BigInt(base)) {
        expect(pow(base, power)).toBe(Number(exact))
        expect(pow(-base, power)).toBe(Number(exact) * (power % 2 === 0 ? 1 : -1))
      }
    }
  })
  it('zero, infinity and NaN give the results of JavaScript', () => {
    const special = [
      0,
      -0,
      1,
      -1,
      0.5,
      -0.5,
      2,
      -2,
      3,
      -3,
      2.5,
      Infinity,
      -Infinity,
      NaN,
      1e300,
      1e-300,
      5e-324,
      -5e-324,
    ]
    for (const x of special)
      for (const y of special) expect(ulps(pow(x, y), x ** y), `${x} ** ${y}`).toBeLessThanOrEqual(1)
    fc.assert(
      fc.property(anyDouble, anyDouble, (x, y) => ulps(pow(x, y), x ** y) <= 1),
      { numRuns: 20_000, seed: 2 },
    )
  })
})
