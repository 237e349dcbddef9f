/** The two files that a new claim begins with: they run as they are, and every line is there to be replaced. */
export function templateOf(id: string): { readonly readme: string; readonly design: string } {
  return { readme: readmeOf(id.toUpperCase()), design }
}

const readmeOf = (id: string) => `---
id: ${id}
claim: Twice the instances halve the tail.
verdict: holds
group: scaling
concepts: [K06]
parts: [service]
sources: ["whoever said it, where, and when"]
altered: twice.p99 > 2 * p99
check: always
---

# Do twice the instances halve the tail?

**Holds.** Say in one sentence what was found, with the number.

<!-- measured: written by \`--write\` -->
<!-- end of what was measured -->

**Conditions.** What the finding rests on: the distributions, the load, the sizes.

**Left out.** What the experiment does not show.
`

const design = `loadpath: 1
name: twice the instances
about: The difference between the variants is the claim, and nothing else.

traffic:
  visitors: { rate: 70/s, requests: { view: { to: front } } }

blocks:
  front: { type: load-balancer, targets: web }
  web: { type: service, instances: 1, workers: 1, endpoints: { view: [{ compute: exponential 10ms }] } }

run: { for: 60s, repeat: 10 }

objectives:
  - twice.p99 < 0.5 * p99

variants:
  twice: { web.instances: 2 }
`
