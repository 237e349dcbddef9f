/** Words that people write for fields, each with the remedy, or with the remedy for what they gave it. */
export type Misnomers = Readonly<Record<string, string | ((given: string) => string)>>

/**
 * The remedy that writes what was given under the right name: `write `for: 5s`` for `duration: 5s`. The example stands
 * in its place if the field cannot be written that way, as a number without a unit.
 */
export function renamed(field: string, example: string, form = '{given}'): (given: string) => string {
  return keeping(example, `write \`${field}: ${form}\``)
}

/**
 * A remedy with the number that was given in place of `{given}`, written in this form; the example stands in its place
 * if the field cannot be written that way.
 */
export function keeping(example: string, remedy: string, form = '{given}'): (given: string) => string {
  const hasUnit = (text: string) => /[a-z%]$/i.test(text)
  // No remedy is a number of 0: a field that may be 0 is left out instead.
  const isNumber = (text: string) => /^\d[\w.%/]{0,15}$/.test(text) && Number.parseFloat(text) > 0
  return (given) => {
    const isAlike = isNumber(given) && hasUnit(given) === hasUnit(example)
    return remedy.replaceAll('{given}', isAlike ? form.replace('{given}', given) : example)
  }
}
