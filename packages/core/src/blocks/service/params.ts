import { callsParam } from '../../calls/calls-param.ts'
import { rateLimits } from '../../calls/guards/rate-limit/index.ts'
import {
  choice,
  count,
  duration,
  either,
  factor,
  frequency,
  list,
  named,
  policy,
  price,
  record,
  type Values,
  weight,
} from '../../support/params.ts'
import { endpointParam } from './endpoint.ts'
import { sheds } from './shed/index.ts'
import { sharedCallParams } from './steps/call.ts'

const capacity = {
  workers: either({
    meaning:
      'requests in work at once on an instance, the rest wait in its queue; `unlimited` for none waiting; `event-loop`: one worker a core, released while its request calls or waits',
    of: [
      count({ meaning: 'requests in work at once', min: 1 }),
      choice({ meaning: 'how', words: ['unlimited', 'event-loop'] }),
    ],
    default: 'unlimited',
  }),
  cores: count({
    meaning: 'cores of an instance, shared by the requests in work, each at most one',
    min: 1,
    max: 4096,
    default: 1,
  }),
  speed: factor({ meaning: 'speed of a core: 2 does the work in half the time', default: 1, min: 0.001, max: 1000 }),
}

export const params = {
  instances: either({
    meaning: 'number of instances, or a list of instances that differ',
    of: [
      count({ meaning: 'number of equal instances', min: 1, max: 10_000 }),
      list({
        meaning: 'instances that differ',
        min: 1,
        max: 10_000,
        of: record({
          meaning: 'one instance; fields that it omits are as for the others',
          fields: {
            workers: count({ meaning: 'requests in work at once', min: 1, optional: true }),
            cores: count({ meaning: 'cores of this instance', min: 1, max: 4096, optional: true }),
            speed: factor({ meaning: 'speed of a core of this instance', min: 0.001, max: 1000, optional: true }),
            price: price({ meaning: 'price of this instance', optional: true }),
            weight: weight({
              meaning: 'weight of this instance in a choice that weighs; 1 if not given',
              optional: true,
            }),
          },
        }),
      }),
    ],
    default: 1,
  }),
  ...capacity,
  'start-up': duration({ meaning: 'time until an instance that comes while it runs takes calls', default: '0s' }),
  drain: duration({
    meaning: 'how long an instance that leaves may finish its calls: then it ends, and those it still has fail',
    default: '30s',
    source: 'Kubernetes `terminationGracePeriodSeconds` 30 s',
  }),
  clock: frequency({
    meaning: 'clock of a core: how many cycles of `compute: 3M cycles` pass in a second',
    optional: true,
  }),
  'rate-limit': policy({
    meaning: 'how many calls an instance takes in in a second; the rest fails or waits at its door',
    family: rateLimits,
    optional: true,
  }),
  limit: either({
    meaning: 'requests that may wait for a worker of an instance; any more are rejected',
    of: [count({ meaning: 'waiting requests', min: 0 }), choice({ meaning: 'how', words: ['unlimited'] })],
    default: 'unlimited',
  }),
  ordering: choice({
    meaning:
      'order of service: the oldest first; the oldest of the most urgent; the newest first; or (`adaptive-lifo`) the newest first while the queue has not been empty for 100 ms',
    words: ['fifo', 'priority', 'lifo', 'adaptive-lifo'],
    default: 'fifo',
  }),
  shed: policy({
    meaning: 'which calls an instance gives up so that the others are answered in time',
    family: sheds,
    default: 'none',
  }),
  deadlines: choice({
    meaning:
      'obey: work does not begin on a call whose caller has given up or timed out, and calls wait no longer than what is left of that time',
    words: ['ignore', 'obey'],
    default: 'ignore',
  }),
  price: price({ meaning: 'price of one instance', optional: true }),
  calls: callsParam(
    sharedCallParams,
    'how it calls other blocks, by their names: what is said here holds for every call that does not say otherwise',
  ),
  endpoints: named({
    meaning: 'what the service does, by name of the request; `any` serves every name that is not listed',
    names: 'endpoint',
    of: endpointParam,
  }),
}

export type ServiceValues = Values<typeof params>

/** One instance with everything filled in. */
export interface ServerValues {
  readonly workers: number
  readonly cores: number
  readonly speed: number
  readonly eventLoop: boolean
  readonly pricePerHour: number
  readonly weight: number
}

/**
 * The instances of a service, each with its own values or those of the service.
 * @param come how many come while it runs: all with the values of the service
 */
export function serversOf(values: ServiceValues, come = 0): readonly ServerValues[] {
  const eventLoop = values.workers === 'event-loop'
  const listed =
    typeof values.instances === 'number' ? Array.from({ length: values.instances }, () => ({})) : values.instances
  return [...listed, ...Array.from({ length: come }, () => ({}))].map(
    (own: Partial<Record<'workers' | 'cores' | 'speed' | 'price' | 'weight', number | undefined>>) => {
      const cores = own.cores ?? values.cores
      const shared = typeof values.workers === 'number' ? values.workers : eventLoop ? cores : Number.POSITIVE_INFINITY
      return {
        cores,
        eventLoop,
        workers: own.workers ?? shared,
        speed: own.speed ?? values.speed,
        pricePerHour: own.price ?? values.price ?? 0,
        weight: own.weight ?? 1,
      }
    },
  )
}
