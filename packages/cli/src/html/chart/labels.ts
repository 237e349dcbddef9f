/** Estimates the width of a text, px; errs on the wide side. */
export function textWidth(text: string, size = 13): number {
  return text.length * size * 0.58
}

/** Cuts a text to a width, px, and ends it with an ellipsis. */
export function fitted(text: string, width: number, size = 13): string {
  const most = Math.max(2, Math.floor(width / (size * 0.58)))
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}

/**
 * Moves overlapping labels apart as little as possible: neighbours are at least `gap` apart, and all are between
 * `from` and `to` if there is room.
 * @returns their places, in the given order
 */
export function spread(wanted: readonly number[], gap: number, from: number, to: number): readonly number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] as number) - (wanted[b] as number))
  const places = new Array<number>(wanted.length)
  let free = from
  for (const i of order) {
    places[i] = Math.max(wanted[i] as number, free)
    free = (places[i] as number) + gap
  }
  let limit = to
  for (const i of order.reverse()) {
    places[i] = Math.min(places[i] as number, limit)
    limit = (places[i] as number) - gap
  }
  return places
}
