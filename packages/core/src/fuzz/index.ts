/** The fuzzer: texts and designs by seed, what must hold for each, and how a failing one is made small. */

export { type Finding, fuzzDesigns, fuzzFiles, type Range } from './campaign.ts'
export { judgeText } from './judge-text.ts'
export { randomText } from './texts.ts'
