import { readThrough } from './read-through.ts'
import { update } from './update.ts'
import { writeBehindParams } from './write-behind-params.ts'

export const writeBehind = update({
  name: 'write-behind',
  title: 'Write-behind',
  summary:
    'Writes are answered as soon as the cache has them; it writes the newest of each key to the origin later, many together. Reads go through it.',
  source: 'Oracle Coherence, "Developing Applications": write-behind caching',
  goodFor: 'many writes to few keys: the origin sees one for many, and nobody waits for it',
  costs: 'a crash loses what was acknowledged and not yet written; who reads the origin past the cache reads old data',
  seenIn: ['Oracle Coherence', 'Linux page cache', 'disk controllers with `write-back`'],
  aliases: ['write-back'],
  example: { type: 'write-behind', every: '1s', batch: 50 },
  params: writeBehindParams,
  read: readThrough.read,
  write: [
    { trip: 'ask', by: 'caller' },
    { trip: 'buffer', by: 'cache' },
  ],
  behind: (values) => values,
})
