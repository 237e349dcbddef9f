import type { ProblemKind } from '../support/problem.ts'

/** What must hold between the parts of a design, and what it means if it does not. */
export const designProblems: readonly ProblemKind[] = [
  {
    code: 'open-or-closed',
    title: 'A source that is neither an open nor a closed loop, or both',
    meaning:
      'With a `rate`, requests come whether or not earlier ones were answered; with `users`, each user waits for the answer before asking again. A source is one of the two.',
    remedy: 'Give it a `rate`, or `users` with `think`.',
  },
  {
    code: 'no-sessions',
    title: 'The key is the session, but there are no sessions',
    meaning: '`key: session` requests the data of one visitor, but the source has no number of sessions.',
    remedy: 'Add `sessions: 10k` to the source.',
  },
  {
    code: 'shape-of-closed-loop',
    title: 'A shape for a closed loop',
    meaning: 'A shape multiplies a rate. A closed loop has no rate: its users send the next request after an answer.',
    remedy: 'Use `rate`, or leave the shape out.',
  },
  {
    code: 'requests-without-key',
    title: 'Requests that all ask a cache for the same thing',
    meaning:
      'A request without a key requests one and the same object each time. After the first of them, a cache answers all the others, which says nothing about a cache.',
    remedy:
      'Say what is requested, and how often: `key: zipf 0.9 over 10k`; for a single object, `key: uniform over 1`.',
  },
  {
    code: 'request-taken-for-a-read',
    title: 'A request that a cache takes for a read',
    meaning:
      'A cache knows reads and writes. A request of another name that comes to it is a read, answered from its entries; the operation of that name, which the block behind has, is never called.',
    remedy: 'Send the request past the cache to the operation that is meant; or name the read.',
  },
  {
    code: 'field-without-effect',
    title: 'A field that changes nothing',
    meaning: 'Beside the other fields of its block this one is never looked at, whatever its value.',
    remedy: 'Leave it out, or give the field that it belongs to.',
  },
  {
    code: 'fault-without-effect',
    title: 'A fault that changes nothing',
    meaning:
      'A fault that lasts for no time, whose factor is 1, or that affects nothing which it could change, leaves the run as it is without it.',
    remedy: 'Name something that it can change, or change the field that is shown; or leave it out.',
  },
  {
    code: 'fixed-instances',
    title: 'A planned change of fixed instances',
    meaning: 'The number of instances of this block is fixed while it runs; that of a service can change.',
    remedy: 'Name a service beside `scale` or `deploy`.',
  },
  {
    code: 'surge-of-closed-loop',
    title: 'A surge of a source without a rate',
    meaning:
      'A surge multiplies a rate. Users of a closed loop wait for answers, jobs and counts come at set moments, and the requests of a trace come at its times: none has a rate.',
    remedy: 'Give the source a `rate`; for more users for a time, add a second source with `users`, `at` and `for`.',
  },
  {
    code: 'two-kinds-of-run',
    title: 'A run until a precision and for a time',
    meaning:
      'A steady run goes on until its interval is narrow enough; a terminating one goes from 0 s to its end. A run is one of the two.',
    remedy: 'Leave out `until`, or leave out `for`.',
  },
  {
    code: 'steady-with-events',
    title: 'A steady run of something that changes with time',
    meaning: 'A fault or a shape happens at a moment of the clock; in a steady run no moment differs from another.',
    remedy: 'Use `run: { for: 180s, repeat: 20 }`, or take the fault or shape out.',
  },
  {
    code: 'no-weight',
    title: 'A source that sends nothing',
    meaning:
      'Weights say which part of the traffic is of which kind. If all of them are zero, no kind has any, and nothing is sent.',
    remedy: 'Give one of the requests a weight above 0, or leave the weights out.',
  },
  {
    code: 'too-many-parts',
    title: 'A design of more parts than fit into memory',
    meaning:
      'Instances, the targets of balancers and every copy of a step that `repeat` and `parallel` make are built before the run; their number is bounded.',
    remedy: 'Lower `times` of the steps that hold other steps, or the number of instances.',
  },
  {
    code: 'does-not-fit',
    title: 'A run whose results do not fit into memory',
    meaning:
      'Results are kept for each block and each kind of request, over each stretch of time between faults and windows of objectives.',
    remedy: 'Simulate a part of the design, or leave out some of its faults, points of shapes or windows.',
  },
  {
    code: 'calls-too-deep',
    title: 'A chain of calls that is too long to simulate',
    meaning:
      'Each call of a chain waits for the one behind it. An answer may pass all of them at one moment, which takes memory of the thread that simulates them; its size is fixed.',
    remedy:
      'Simulate a part of the chain, or publish to a queue in its middle: what a queue keeps waits for no answer.',
  },
  {
    code: 'too-many-ways',
    title: 'More ways through a design than can be followed',
    meaning:
      'Expected rates are computed for each way that calls take through a design. Where each of twenty layers calls two blocks of the next, there are a million.',
    remedy: 'Simulate a part of the design, or leave out blocks that several others call.',
  },
  {
    code: 'clock-too-coarse',
    title: 'Times too short for the length of the run',
    meaning:
      'Time is counted in ms from the start of a run, as a double. The longer a run is, the further apart are the moments that it tells: 0.5 ps after an hour, 4 ns after a year, 4 µs after a thousand years. Shorter times are rounded to them.',
    remedy: 'Raise the rates (a steady-state run is then shorter), shorten `run.for`, or remove the shortest times.',
  },
  {
    code: 'window-outside-run',
    title: 'An objective whose window is not part of the run',
    meaning:
      'An objective with `from … to …` is judged by the requests that arrive in this window. No request arrives after the end of the run, and a steady run has no moments, so the objective would stay inconclusive forever.',
    remedy: 'Begin the window before the end of the run, or lengthen `run.for`.',
  },
  {
    code: 'too-few-replications',
    title: 'Too few replications for a percentile',
    meaning:
      'The interval of a percentile follows from how much the replications differ, which fewer than 10 do not show. The objective would stay inconclusive.',
    remedy: 'Raise `run.repeat` to 10 or more, or judge a mean.',
  },
]
