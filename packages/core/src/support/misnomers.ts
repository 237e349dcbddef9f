/** Words that people write for fields, each with the remedy, or with the remedy for what they gave it. */
export type Misnomers = Readonly<Record<string, string | ((given: string) => string)>>

/**
 * The remedy that writes what was given under the right name: `write `for: 5s`` for `duration: 5s`. The example stands
 * in its place if the field cannot be written that way, as a number without a unit.
 */
export function renamed(field: string, example: string, form = '{given}'): (given: string) => string {
  const hasUnit = (text: string) => /[a-z%]$/i.test(text)
  return (given) => {
    const isAlike = /^\d[\w.%]{0,15}$/.test(given) && hasUnit(given) === hasUnit(example)
    return `write \`${field}: ${form.replace('{given}', isAlike ? given : example)}\``
  }
}
