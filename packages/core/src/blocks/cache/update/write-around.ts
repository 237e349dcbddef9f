import { cacheAside } from './cache-aside.ts'
import { update } from './update.ts'

export const writeAround = update({
  name: 'write-around',
  title: 'Write-around',
  summary: 'Writes go to the origin and leave the cache as it is: what it holds stays old until it expires.',
  source: 'Linux kernel documentation, bcache: cache mode `writearound`',
  goodFor: 'data that are written once and seldom read again, such as logs',
  costs: 'what is in the cache stays as it was until its time to live ends, or somebody invalidates it',
  seenIn: ['storage arrays', 'Linux bcache `writearound`'],
  params: {},
  read: cacheAside.read,
  write: [{ trip: 'forward', by: 'caller' }],
})
