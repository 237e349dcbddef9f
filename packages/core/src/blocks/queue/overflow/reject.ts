import { overflow } from './overflow.ts'

export const reject = overflow({
  name: 'reject',
  title: 'Reject',
  summary: 'The publisher is told at once that there is no room: 503, try again later.',
  goodFor: 'back pressure: what is admitted keeps its response time, the rest knows where it stands',
  costs: 'the caller has to do something with the refusal',
  seenIn: ['RabbitMQ `x-overflow: reject-publish`', 'HTTP servers (503 with Retry-After)'],
  params: {},
  full: (queue, message) => queue.reject(message),
})
