/** Returns a word unchanged. */
export const text = (input: string): string => input

export const wholeNumber =
  (least: number, most: number) =>
  (input: string): number => {
    const value = Number(input)
    if (/^\d+$/.test(input) && value >= least && value <= most) return value
    throw new SyntaxError(`use a whole number from ${least} to ${most}`)
  }

/** Returns a share from 0 to 1, from `0.01` or `1%`. */
export const share = (input: string): number => {
  const found = /^(\d*\.?\d+)(%?)$/.exec(input)
  const value = found === null ? Number.NaN : Number(found[1]) / (found[2] === '%' ? 100 : 1)
  if (value > 0 && value <= 1) return value
  throw new SyntaxError('use a share above 0 and at most 1, such as 0.01 or 1%')
}

/** A design as an argument. */
export const design = {
  placeholder: 'design',
  brief: 'a file, a folder with one design, or - for standard input',
  parse: text,
  proposeCompletions: async (partial: string) => (await import('../proposals.ts')).designsLike(partial),
}

export const json = { kind: 'boolean', brief: 'Print one JSON document', default: false, withNegated: false } as const

/** Flags of every command that simulates a design. */
export const runFlags = {
  seed: {
    kind: 'parsed',
    parse: wholeNumber(0, Number.MAX_SAFE_INTEGER),
    brief: 'Seed of all random numbers; overrides the seed of the design',
    placeholder: 'n',
    optional: true,
  },
  threads: {
    kind: 'parsed',
    parse: wholeNumber(1, 1024),
    brief: 'Number of threads; does not change the result',
    placeholder: 'n',
    optional: true,
  },
  json,
} as const

export const html = {
  kind: 'parsed',
  parse: text,
  brief: 'Also write an HTML report with plots: one file, works offline',
  placeholder: 'file',
  optional: true,
} as const

export const set = {
  kind: 'parsed',
  parse: text,
  brief: 'Override a value of the design, for example --set web.instances=4',
  placeholder: 'path=value',
  optional: true,
  variadic: true,
} as const
