import { choice } from '../../../support/params.ts'
import { Heap } from './heap.ts'
import { eviction } from './policy.ts'

export const belady = eviction({
  name: 'belady',
  title: 'Bélády’s optimum (MIN)',
  summary:
    'Evicts the entry that will not be requested again for the longest. It knows the future: a bound for all others.',
  source:
    'L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966',
  goodFor: 'how much there is to gain: with entries of equal size no policy misses less',
  costs:
    'cannot be built: a replay takes it, a design that names it is refused; with sizes that differ it is only a good guess',
  aliases: ['min', 'opt', 'clairvoyant'],
  needs: ['future'],
  examples: [
    {
      capacity: 3,
      requests: '7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1',
      evicts: '7 1 0 4 3 2',
      because: 'of 7, 0 and 1 it is 7 that is requested last; nine misses in all',
    },
    {
      capacity: 1,
      requests: 'a b a',
      evicts: 'b',
      because: 'b is not requested again: that it may be refused saves a',
      values: { newcomer: 'may-be-refused' },
    },
    { capacity: 1, requests: 'a b a', evicts: 'a b', because: 'a newcomer comes in, whatever it costs' },
  ],
  params: {
    newcomer: choice({
      meaning: 'let-in: whatever is requested comes in; may-be-refused: not if all that is in is requested sooner',
      words: ['let-in', 'may-be-refused'],
      default: 'let-in',
    }),
  },
  create({ newcomer }, slots) {
    // The last to be requested is the first to go.
    const byNextUse = new Heap(slots)
    const hold = (slot: number) => byNextUse.set(slot, -slots.nextUse(slot))
    return {
      hit: hold,
      evict(incoming) {
        const victim = byNextUse.takeFirst()
        if (newcomer === 'let-in' || slots.nextUse(incoming) <= slots.nextUse(victim)) return victim
        hold(victim)
        return incoming
      },
      admit: hold,
      forget: (slot) => byNextUse.remove(slot),
    }
  },
})
