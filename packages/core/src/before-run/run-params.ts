import type { Definition } from '../support/definition.ts'
import { renamed } from '../support/misnomers.ts'
import { choice, count, duration, record, share, type Values } from '../support/params.ts'

/** How a design is run: to a precision in the steady state, or through a stretch of time. */
export const run = {
  name: 'run',
  title: 'Run',
  summary:
    'With `until`: steady state, to a precision, warm-up cut. With `for`: from 0 s through that time, nothing cut, as many independent replications as `repeat` says.',
  misnomers: {
    duration: renamed('for', '60s'),
    time: renamed('for', '60s'),
    length: renamed('for', '60s'),
    end: renamed('for', '60s'),
    repeats: renamed('repeat', '20'),
    replications: renamed('repeat', '20'),
    runs: renamed('repeat', '20'),
    iterations: renamed('repeat', '20'),
    precision: renamed('until', '2%'),
    warmup:
      'remove it: a steady-state run finds its own warm-up; `start: warmed` begins a run with events in the steady state',
    'warm-up':
      'remove it: a steady-state run finds its own warm-up; `start: warmed` begins a run with events in the steady state',
    threads: 'remove it, and give `--threads 2` on the command line',
  },
  params: {
    until: share({
      meaning: 'relative half-width of the interval of the mean at which a steady-state run ends',
      optional: true,
      min: '0.1%',
      max: '50%',
    }),
    for: duration({ meaning: 'length of a terminating run', optional: true, min: '1ms' }),
    repeat: count({ meaning: 'independent replications of a terminating run', default: 20, min: 1, max: 10_000 }),
    start: choice({
      meaning:
        'state at 0 s of a terminating run: `empty`: nothing in flight; `warmed`: the steady state of the design without its faults, at the rates of 0 s. A run with a replay, or without a steady state, begins empty',
      words: ['empty', 'warmed'],
      default: 'empty',
    }),
    worlds: count({
      meaning: 'worlds drawn when the design has uncertain numbers',
      default: 100,
      min: 10,
      max: 10_000,
    }),
    seed: count({ meaning: 'seed of all random numbers', default: 1, min: 0 }),
    bounds: record({
      formerly: 'limit',
      meaning: 'bounds that end a run with the answer so far',
      default: {},
      fields: {
        events: count({
          meaning: 'events simulated in all; warming a cache draws no more keys than that',
          default: '300M',
          min: 1,
        }),
        'in-flight': count({
          meaning: 'requests and calls on their behalf under way at once',
          formerly: 'inside',
          default: '2M',
          min: 1,
        }),
        wall: duration({
          meaning: 'real time of the run; the answer then depends on the machine',
          optional: true,
        }),
      },
    }),
  },
} as const satisfies Definition

export type RunValues = Values<typeof run.params>

/**
 * Share of `run.bounds.events` that a run may take for each task beside the precision of its mean: to reach the steady state
 * before 0 s, to fill what starts empty, to measure what its objectives are of.
 */
export const largestSideTask = 0.1

export const defaultPrecision = 0.02
