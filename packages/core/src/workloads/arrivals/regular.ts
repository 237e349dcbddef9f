import { arrival } from './arrival.ts'

export const regular = arrival({
  name: 'regular',
  title: 'Regular arrivals',
  summary: 'One request every 1/rate, from a random first moment: a timer, a metronome, a load generator.',
  goodFor: 'scheduled work, and experiments in which randomness should not hide the effect',
  costs: 'flatters: without randomness in the arrivals, queues are shorter than users will see',
  seenIn: ['cron', 'load generators at a constant rate'],
  params: {},
  create() {
    let first = true
    return {
      next(source) {
        if (!first) return 1
        first = false
        return source.next()
      },
    }
  },
})
