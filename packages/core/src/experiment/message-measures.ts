import { oldestMax } from './backlog.ts'
import { caughtUp } from './caught-up.ts'
import { type Measure, measure } from './measure.ts'

/** Measures of the messages that wait in a queue to be taken. */
export const messageMeasures: readonly Measure[] = [
  measure(
    'oldest',
    'duration',
    'Age of the oldest message',
    'Mean over time of the age of the oldest message that no worker has taken; 0 while none waits.',
    { ofBlock: (results, block, cells) => results.blockRatio(block, (cell) => cell.oldestArea, 'time', cells) },
    {
      needs: ['oldest'],
      grows: 'at the block',
    },
  ),
  measure(
    'oldest-max',
    'duration',
    'Largest age of the oldest message',
    'Largest age of the oldest message that no worker has taken, over the time asked about: the mean over replications. Of terminating runs only, because it grows with the length of a run.',
    { ofBlock: oldestMax },
    { needs: ['oldest'], grows: 'at the block' },
  ),
  measure(
    'caught-up',
    'duration',
    'Time until caught up',
    'From the end of an event until the queue is as short as before it: at most a tenth or one message longer. Of several events, the longest; with `after <fault>`, of that fault.',
    { ofBlock: (results, block, _cells, _percentile, window) => caughtUp(results, block, window) },
    { needs: ['oldest'] },
  ),
]
