import { createSampler, distributions } from '../../support/distributions/index.ts'
import { keeping } from '../../support/misnomers.ts'
import { bandwidth, distribution, reference, share, trafficPrice, type Values } from '../../support/params.ts'
import type { BlockType } from '../block.ts'
import { Wire } from './wire.ts'

const params = {
  to: reference({ meaning: 'the block at the other end', to: 'instance' }),
  latency: distribution({
    meaning: 'time from one end to the other, each way',
    dimension: 'duration',
    family: distributions,
    default: '0.5ms',
  }),
  bandwidth: bandwidth({
    meaning: 'bandwidth each way, shared by the messages in flight; by default a size takes no time',
    optional: true,
  }),
  loss: share({ meaning: 'share of messages lost, each way', default: '0%' }),
  price: trafficPrice({ meaning: 'price of traffic, both ways', optional: true }),
}

export type LinkValues = Values<typeof params>

export const link = {
  name: 'link',
  title: 'Network link',
  summary:
    'Carries calls to a block and answers back: latency, bandwidth shared by what is in flight, loss. A lost message is never answered: only a time-out of the caller ends the wait.',
  mistakenFor: ['wan', 'internet', 'connection'],
  misnomers: {
    'round-trip': 'write `latency`, which is one way',
    rtt: 'write `latency`, which is one way',
    delay: keeping('40ms', 'write `latency: {given}`'),
    targets: 'write `to: web`',
  },
  goodFor: 'distance, thin lines, lossy networks',
  costs: 'round trips: a conversation of many small calls pays the latency each time',
  aliases: ['network', 'wire'],
  seenIn: ['Ethernet', 'the way between two data centres', 'mobile networks'],
  example: { type: 'link', to: 'web', latency: '40ms', bandwidth: '100Mbit/s' },
  params,
  calls: ({ to }) => [{ to, perCall: 1, passesOperation: true }],
  draws: ({ latency }) => [{ distribution: latency, perCall: 2 }],
  measured: ({ bandwidth }) => ['bytes', 'lost', ...(bandwidth === undefined ? [] : ['bandwidth'])],
  pricesPerCount: ({ price }) => [{ counter: 'bytes', price: price ?? 0, what: 'traffic' }],
  risks: {
    takesNetworkTime: true,
    sizesMatter: ({ bandwidth, price }) => {
      if (bandwidth !== undefined) return { field: 'bandwidth' }
      return price !== undefined && price > 0 ? { field: 'price' } : undefined
    },
  },
  create: (values, site) => new Wire(values, site, createSampler(values.latency)),
} as const satisfies BlockType<typeof params>
