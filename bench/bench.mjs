// Measures the simulator against a C program and SimPy of the same model, in the same minutes.
//
//   npm run bench                        all but `memory` and `cache`, about two minutes
//   npm run bench -- peers instances     the parts named: peers, precision, instances, flight, unused, start, memory, cache
//
// Times on a shared machine are noisy; what is compared is run in turns, and a ratio is that of the fastest of each.

import { cache } from './cache.mjs'
import { flight, instances, unused } from './cost.mjs'
import { memory } from './memory.mjs'
import { peers } from './peers.mjs'
import { precision } from './precision.mjs'
import { start } from './start.mjs'

const parts = { peers, precision, instances, flight, unused, start, memory, cache }
const usual = Object.keys(parts).filter((part) => part !== 'memory' && part !== 'cache')

const words = process.argv.slice(2)
const unknown = words.filter((word) => !Object.hasOwn(parts, word))
if (unknown.length > 0) {
  console.error(`unknown part: ${unknown.join(', ')}; the parts are ${Object.keys(parts).join(', ')}`)
  process.exitCode = 2
} else {
  for (const part of words.length > 0 ? words : usual) {
    console.log(`\n${part}`)
    await parts[part]()
  }
}
