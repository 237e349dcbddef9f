import type { MeasureDefinition } from '../language/catalogue.ts'
import { registry } from '../support/registry.ts'

const measure = (
  name: string,
  dimension: MeasureDefinition['dimension'],
  of: MeasureDefinition['of'],
  title: string,
  summary: string,
  aliases: readonly string[] = [],
): MeasureDefinition => ({ name, dimension, of, title, summary, aliases, params: {} })

const ofRequests = ['request', 'traffic', 'design'] as const

/** Everything that an objective, a case or a comparison can name. */
export const measures = registry<MeasureDefinition>('measure', [
  measure(
    'mean',
    'duration',
    [...ofRequests, 'block'],
    'Mean response time',
    'Of those answered, from arrival to answer.',
  ),
  measure(
    'percentile',
    'duration',
    [...ofRequests, 'block'],
    'Percentile of the response time',
    '`p50`, `p99`, `p99.9`: so many per cent are answered sooner. What is never answered counts as slower than all.',
  ),
  measure(
    'availability',
    'share',
    ofRequests,
    'Availability',
    'Share of requests answered, within the deadline where there is one.',
  ),
  measure('answered', 'share', ofRequests, 'Answered', 'Share of requests answered, however late.'),
  measure(
    'refused',
    'share',
    [...ofRequests, 'block'],
    'Refused',
    'Share turned away at once: no room, no healthy target, down.',
  ),
  measure('timed-out', 'share', ofRequests, 'Timed out', 'Share of requests whose caller gave up.'),
  measure(
    'lost',
    'share',
    ofRequests,
    'Lost',
    'Share of requests that ended with a crash, an error or a lost message.',
  ),
  measure('throughput', 'rate', [...ofRequests, 'block'], 'Throughput', 'Answers per second.'),
  measure('offered', 'rate', [...ofRequests, 'block'], 'Offered', 'Requests or calls per second that arrive.'),
  measure('utilisation', 'share', ['block'], 'Utilisation', 'Share of its cores (or other first resource) in use.', [
    'utilization',
  ]),
  measure('occupancy', 'share', ['block'], 'Occupancy of workers', 'Share of its workers held, computing or not.'),
  measure('inside', 'factor', ['design', 'block'], 'Inside', 'Mean number of requests or calls inside.'),
  measure('queue', 'factor', ['block'], 'Waiting', 'Mean number of calls that wait for a worker.'),
  measure(
    'wait-mean',
    'duration',
    ['block'],
    'Mean wait',
    'Mean time in line for a worker, of the calls that began work.',
  ),
  measure('wait-p50', 'duration', ['block'], 'Median wait', 'Half of the calls that began work waited less.'),
  measure(
    'wait-p90',
    'duration',
    ['block'],
    '90th percentile of the wait',
    '90 % of the calls that began work waited less.',
  ),
  measure(
    'wait-p95',
    'duration',
    ['block'],
    '95th percentile of the wait',
    '95 % of the calls that began work waited less.',
  ),
  measure(
    'wait-p99',
    'duration',
    ['block'],
    '99th percentile of the wait',
    '99 % of the calls that began work waited less.',
  ),
  measure(
    'waited',
    'share',
    ['block'],
    'Share that waited',
    'Share of the calls that began work which had to wait for a worker.',
  ),
  measure('hit-ratio', 'share', ['block'], 'Hit ratio', 'Hits over look-ups of a cache.'),
  measure(
    'attempts',
    'factor',
    ['block'],
    'Calls per request',
    'Calls that arrive at the block per request offered to the design.',
  ),
  measure('cost', 'price', ['design'], 'Cost', 'Price of what is rented and of what is carried.'),
])
