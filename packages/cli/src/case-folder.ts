import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExpectationAnswer, readCase } from '@loadpath/core'
import { readerWithin } from './design-file.ts'

export const caseName = 'case.yaml'
const designName = 'design.loadpath.yaml'

/** Returns the files of a validation case, or null if the folder has no design. */
export function caseFilesIn(folder: string): Parameters<typeof readCase>[0] | null {
  const caseFile = join(folder, caseName)
  const designFile = join(folder, designName)
  if (!existsSync(designFile)) return null
  return {
    caseFile,
    caseText: readFileSync(caseFile, 'utf8'),
    designFile,
    designText: readFileSync(designFile, 'utf8'),
    readFile: readerWithin(folder),
  }
}

/** Returns the measure of an expectation and its variant: `mean in busy`. */
export function expectationName({ expectation: { measure, variant } }: ExpectationAnswer): string {
  return variant === undefined ? measure : `${measure} in ${variant}`
}

/** Returns the measured value of an expectation, with its unit. */
export function measuredIn(answer: ExpectationAnswer): string {
  const { measured: estimate } = answer
  if (!estimate.sufficient) return `insufficient data: ${estimate.reason}`
  return `${quantity(estimate.point, answer)} (${quantity(estimate.low, answer)} to ${quantity(estimate.high, answer)})`
}

const units = {
  duration: 'ms',
  cycles: ' cycles',
  frequency: 'Hz',
  rate: '/s',
  share: '%',
  size: 'B',
  bandwidth: 'B/s',
  price: '$/h',
  'traffic-price': '$/B',
  count: '',
  factor: '',
} as const

/** Returns a number with the unit of an expectation. */
export function quantity(value: number, { expectation }: ExpectationAnswer): string {
  const { dimension } = expectation.objective
  const shown = dimension === 'share' ? value * 100 : value
  return `${Number(shown.toPrecision(5))}${units[dimension]}`
}
