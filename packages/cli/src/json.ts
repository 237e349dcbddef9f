/**
 * One JSON document. JSON has no word for numbers that are not finite, so these stand as the strings "Infinity",
 * "-Infinity" and "NaN": a percentile that was never answered is "Infinity".
 */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, (_key, part: unknown) => (isUnwritable(part) ? String(part) : part), 2)}\n`
}

function isUnwritable(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value)
}
