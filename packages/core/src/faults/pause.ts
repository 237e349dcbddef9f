import { createSampler, distributions } from '../support/distributions/index.ts'
import { ln } from '../support/elementary.ts'
import { distribution, duration, rate, reference } from '../support/params.ts'
import { fault, faultMisnomers, Happening } from './fault.ts'

export const pause = fault({
  name: 'pause',
  title: 'Pauses',
  summary:
    'Now and then an instance stops for a moment and then goes on where it was: at random, each instance on its own.',
  mistakenFor: ['gc', 'freeze', 'suspend', 'stall'],
  goodFor: 'garbage collection, page faults, live migration, a virtual machine that is not scheduled',
  costs: 'what is in work waits, and what arrives in the meantime queues behind it: few pauses make the tail',
  seenIn: ['Java garbage collection', 'virtual machines on crowded hosts'],
  example: { pause: 'web', rate: '6/min', length: '150ms' },
  misnomers: { ...faultMisnomers, every: 'write `rate: 6/min`' },
  params: {
    on: reference({ meaning: 'the block, or one instance of it', to: 'instance' }),
    rate: rate({ meaning: 'pauses per unit of time of an instance that is not paused', above: 0 }),
    length: distribution({ meaning: 'length of a pause', dimension: 'duration', family: distributions }),
    at: duration({ meaning: 'from when on', default: '0s' }),
    for: duration({ meaning: 'for how long; without it until the end', optional: true }),
  },
  main: 'on',
  schedule(values, scene) {
    const { agenda } = scene
    const length = createSampler(values.length)
    const untilMs = values.for === undefined ? Number.POSITIVE_INFINITY : values.at + values.for
    const meanMs = 1000 / values.rate
    scene.instances.forEach((instance, i) => {
      const stream = scene.stream(i)
      const next = (fromMs: number): void => {
        const beginMs = fromMs - ln(stream.next()) * meanMs
        if (beginMs >= untilMs) return
        Happening.at(agenda, beginMs, () => {
          instance.pause(true)
          const endMs = beginMs + length.sample(stream)
          Happening.at(agenda, endMs, () => {
            instance.pause(false)
            next(endMs)
          })
        })
      }
      next(values.at)
    })
  },
  moments: () => [],
  isPermanent: (values) => values.at === 0 && values.for === undefined,
})
