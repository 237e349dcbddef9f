import { share } from '../../../support/params.ts'
import { readThrough } from './read-through.ts'
import { update } from './update.ts'

export const refreshAhead = update({
  name: 'refresh-ahead',
  title: 'Refresh-ahead',
  summary:
    'Read-through; an entry that is requested late in its time to live is answered at once and loaded again in the background, so that it does not expire while it is wanted.',
  source: 'Oracle Coherence, "Developing Applications": refresh-ahead caching, `refresh-ahead-factor`',
  goodFor: 'entries that are requested all the time: nobody waits for them again',
  costs: 'the origin loads again what nobody may request any more; what is requested rarely is not helped',
  seenIn: ['Oracle Coherence', 'Caffeine `refreshAfterWrite`'],
  example: { type: 'refresh-ahead', after: '80%' },
  params: {
    after: share({
      meaning: 'share of the time to live after which a hit loads the entry again',
      default: '80%',
    }),
  },
  read: readThrough.read,
  write: readThrough.write,
  ahead: ({ after }) => after,
})
