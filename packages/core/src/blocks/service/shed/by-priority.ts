import { priorities } from '../../../kernel/wait-queue.ts'
import { count } from '../../../support/params.ts'
import { shed } from './shed.ts'

export const byPriority = shed({
  name: 'by-priority',
  title: 'Shed by priority',
  summary:
    'The longer the queue, the more urgent a call must be to come in: a call of priority p is refused from `room` × (10 − p) / 10 waiting calls on.',
  source: 'B. Beyer et al., "Site Reliability Engineering", 2016, chapter 21 (criticality)',
  goodFor: 'payments that must get through while reports wait',
  costs: 'less urgent calls fail while there is still room in the queue',
  seenIn: ['Netflix prioritized load shedding', 'Stripe', 'WeChat DAGOR'],
  example: { type: 'by-priority', room: 100 },
  params: {
    room: count({ meaning: 'waiting calls from which on every call is refused', default: 100, min: 1 }),
  },
  create: ({ room }) => ({
    admits: (priority, _inside, waiting) => waiting < (room * (priorities - priority)) / priorities,
  }),
})
