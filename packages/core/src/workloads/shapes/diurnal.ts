import { duration, factor } from '../../support/params.ts'
import { shape } from './shape.ts'

/** cos(15° × k) for k = 0…23, from square roots alone, so that every engine agrees to the last bit. */
const cosines = (() => {
  const first = [
    1,
    (Math.sqrt(6) + Math.sqrt(2)) / 4,
    Math.sqrt(3) / 2,
    Math.sqrt(2) / 2,
    0.5,
    (Math.sqrt(6) - Math.sqrt(2)) / 4,
    0,
  ]
  return Array.from({ length: 24 }, (_, k) => {
    const half = k <= 12 ? k : 24 - k
    return half <= 6 ? (first[half] as number) : -(first[12 - half] as number)
  })
})()

export const diurnal = shape({
  name: 'diurnal',
  title: 'Day and night',
  summary: 'The rate swings between `trough` and `peak` once a period, as a cosine drawn with 24 straight lines.',
  goodFor: 'a day of a site whose users sleep',
  costs: 'a whole day is long to simulate: a shorter `period` shows the same if nothing in the design lasts for hours',
  params: {
    peak: factor({ meaning: 'factor on the rate at the busiest moment', default: 1.6, min: 0 }),
    trough: factor({ meaning: 'factor on the rate at the quietest moment', default: 0.4, min: 0 }),
    period: duration({ meaning: 'length of a day', default: '24h', min: '1ms' }),
    'peak-at': duration({ meaning: 'when, after the start, the first peak comes', default: '12h' }),
  },
  profile(values) {
    const { peak, trough, period } = values
    const hour = period / 24
    const shift = values['peak-at'] % hour
    const firstHour = Math.floor((values['peak-at'] % period) / hour)
    const timesMs: number[] = []
    const factors: number[] = []
    for (let i = -1; i <= 24; i++) {
      const fromPeak = (((i - firstHour) % 24) + 24) % 24
      timesMs.push(i * hour + shift)
      factors.push((peak + trough) / 2 + ((peak - trough) / 2) * (cosines[fromPeak] as number))
    }
    return { timesMs, factors, periodMs: period }
  },
  moments: () => [],
})
