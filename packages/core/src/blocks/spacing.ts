/** Calls for one key that come in several streams, with a least time between two of one stream. */
export interface Spacing {
  /** ms; 0 where calls come at independent moments. */
  readonly leastGapMs: number
  readonly streams: number
}

export const unspaced: Spacing = { leastGapMs: 0, streams: 1 }
