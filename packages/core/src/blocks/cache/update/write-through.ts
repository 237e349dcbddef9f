import { readThrough } from './read-through.ts'
import { update } from './update.ts'

export const writeThrough = update({
  name: 'write-through',
  title: 'Write-through',
  summary:
    'Writes go to the cache, which writes them to the origin, waits for it, and keeps what was written. Reads go through it too.',
  source: 'Oracle Coherence, "Developing Applications": write-through caching',
  goodFor: 'data that are read soon after they were written, and must not be old',
  costs: 'every write takes the time of both; what is written and never read fills the cache',
  seenIn: ['Oracle Coherence', 'Amazon DynamoDB Accelerator', 'CPU caches'],
  params: {},
  read: readThrough.read,
  write: [
    { trip: 'ask', by: 'caller' },
    { trip: 'forward', by: 'cache' },
    { trip: 'put', by: 'cache' },
  ],
})
