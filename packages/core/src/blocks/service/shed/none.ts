import { shed } from './shed.ts'

export const none = shed({
  name: 'none',
  title: 'No load shedding',
  summary: 'Every call comes in that finds room in the queue.',
  goodFor: 'callers that wait as long as it takes',
  costs: 'under overload all calls wait, and most are answered too late',
  params: {},
  create: () => ({}),
})
