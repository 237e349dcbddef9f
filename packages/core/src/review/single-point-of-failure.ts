import type { Flow } from '../before-run/flows.ts'
import { blocks } from '../blocks/index.ts'
import { instancesOf } from '../blocks/instances-of.ts'
import { kindsIn, risksOf } from './paths.ts'
import { type Observation, rule } from './rule.ts'

export const singlePointOfFailure = rule({
  name: 'single-point-of-failure',
  title: 'A single instance that requests cannot do without',
  summary: 'A block has one instance, every request of some kind needs it, and nothing stands in for it.',
  why: 'While that instance is down, restarted or cut off, all these requests fail.',
  remedy: 'Give it a second instance behind a balancer with a health check, or accept the finding with the reason.',
  source:
    'B. Beyer et al., Site Reliability Engineering, O’Reilly 2016, chapter 22; any text on availability in series',
  aliases: ['spof'],
  examples: {
    unwise: `loadpath: 1
name: one server
traffic: { visitors: { rate: 100/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, cores: 4, endpoints: { view: [{ compute: 5ms }] } }
`,
    wise: `loadpath: 1
name: two servers
traffic: { visitors: { rate: 100/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, instances: 2, cores: 4, endpoints: { view: [{ compute: 5ms }] } }
`,
  },
  look({ design, flows }) {
    return design.blocks.flatMap((block): readonly Observation[] => {
      const { spare, lostWithOne } = risksOf(block)
      const needed = flows.filter((flow) => flow.block === block.name && cannotDoWithout(flow))
      if (lostWithOne !== undefined) {
        const lost = needed.length === 0 ? undefined : lostWithOne(block.values as never)
        if (lost === undefined) return []
        const { because, remedy } = lost
        return [
          {
            at: block.name,
            severity: 'note',
            what: `\`${block.name}\` ${because}, and ${kindsIn(needed)} cannot do without it`,
            remedy: `${remedy}, or accept this`,
          },
        ]
      }
      if (spare === undefined || needed.length === 0 || instancesOf(blocks.get(block.type), block.values) > 1) return []
      const what = `\`${block.name}\` is one instance, and ${kindsIn(needed)} cannot do without it`
      if (spare !== null) return [{ at: block.name, severity: 'warning', what, remedy: `${spare}, or accept this` }]
      const remedy = `the language has no second instance of a \`${block.type}\` yet: \`crash\` it in \`faults\` to see what that costs`
      return [{ at: block.name, severity: 'note', what, remedy }]
    })
  },
})

/** Whether the request fails if this call does: it is waited for, not dispensable, and not one of several alternatives. */
function cannotDoWithout(flow: Flow): boolean {
  for (let at: Flow | undefined = flow; at !== undefined; at = at.caller) {
    const { dispensable, detached, passesOperation, perCall } = at.edge
    if (dispensable === true || detached === true || (passesOperation === true && perCall < 1)) return false
  }
  return true
}
