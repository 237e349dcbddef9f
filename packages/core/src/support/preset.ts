/** A set of published or measured values that `like:` picks. */
export interface Preset {
  readonly name: string
  /** In the notation of a design. */
  readonly values: Readonly<Record<string, unknown>>
  /** Where the numbers come from. */
  readonly source: string
}
