/** Runs the contestants in turns; the fastest run of each, by name. `run` gives an object with `seconds`. */
export function turns(contestants, rounds) {
  const best = {}
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const result = run(round)
      if (best[name] === undefined || result.seconds < best[name].seconds) best[name] = result
    }
  }
  return best
}

/** 1234567 as 1.23 M, 98765 as 98.8 k. */
export function short(number) {
  if (number >= 1e6) return `${(number / 1e6).toPrecision(3)} M`
  return number >= 1e4 ? `${(number / 1e3).toPrecision(3)} k` : number.toPrecision(3)
}

/** Prints columns, the first to the left and the others to the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)))
  for (const row of rows) {
    console.log(
      `  ${row.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[i]))).join('  ')}`,
    )
  }
}
