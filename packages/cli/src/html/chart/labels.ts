/** Width of a text, px, at 13 px: a little too wide for most fonts rather than too narrow. */
export function textWidth(text: string, size = 13): number {
  return text.length * size * 0.58
}

/** As much of a text as fits, and a sign that it goes on. */
export function fitted(text: string, width: number, size = 13): string {
  const most = Math.max(2, Math.floor(width / (size * 0.58)))
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}

/**
 * Moves labels apart that would cover each other, as little as possible: each stands at least `gap` below the one
 * before, and all between `from` and `to` where there is room.
 * @returns their places, in the order in which they were given
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
