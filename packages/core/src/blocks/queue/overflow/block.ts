import { overflow } from './overflow.ts'

export const block = overflow({
  name: 'block',
  title: 'Block the publisher',
  summary: 'The publisher waits until there is room.',
  goodFor: 'pipelines in which nothing may be lost and the producer can wait',
  costs: 'the wait spreads upstream, to whatever the publisher holds in the meantime',
  seenIn: ['TCP flow control', 'Go channels', 'Apache Kafka `max.block.ms` (producer)'],
  params: {},
  full: (queue, message) => queue.hold(message),
})
