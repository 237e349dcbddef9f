import { overflow } from './overflow.ts'

export const dropOldest = overflow({
  name: 'drop-oldest',
  title: 'Drop the oldest',
  summary: 'The message that has waited longest is thrown away, and the new one is taken.',
  goodFor: 'values of which only the newest matters: positions, prices, readings',
  costs: 'messages are lost although they were acknowledged',
  seenIn: ['RabbitMQ `x-overflow: drop-head`', 'Redis `XADD MAXLEN`'],
  aliases: ['drop-head'],
  params: {},
  full: (queue, message) => queue.replaceOldest(message),
})
