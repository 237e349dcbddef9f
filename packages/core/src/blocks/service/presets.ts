import type { Preset } from '../../support/preset.ts'

/** How a process takes requests; what it does with them is the design's own. */
export const servicePresets: readonly Preset[] = [
  {
    name: 'node',
    values: { workers: 'event-loop', cores: 1 },
    source:
      'nodejs.org, "Don\'t Block the Event Loop (or the Worker Pool)": one thread runs the JavaScript of all requests, and serves others while one waits',
  },
]
