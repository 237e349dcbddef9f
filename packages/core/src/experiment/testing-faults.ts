import type { Design } from '../language/design.ts'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'

/** A service at 20 requests a second with these faults. */
export function faultyDesign(faults: string, run = 'until: 5%', instances = 1): Design {
  const text = `loadpath: 1
name: faults at all times
traffic: { v: { rate: 20/s, requests: { get: { to: web } } } }
blocks: { web: { type: service, instances: ${instances}, endpoints: { get: [{ compute: 1ms }] } } }
faults: [${faults}]
run: { ${run} }
objectives: [availability >= 98%]
`
  const { design, problems } = readDesign(text, catalogue)
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return design
}
