/** Returns the two files of a new claim. They run unchanged; the author replaces every line. */
export function templateOf(id: string): { readonly readme: string; readonly design: string } {
  return { readme: readmeOf(id.toUpperCase()), design }
}

const readmeOf = (id: string) => `---
id: ${id}
claim: Doubling the instances halves the tail.
verdict: holds
group: scaling
concepts: [K06]
parts: [service]
sources: ["author, title, place, year"]
altered: twice.p99 > 2 * p99
check: always
---

# Does doubling the instances halve the tail?

*Doubling the instances halves the tail.*

**Holds.** Write the subject, the number and its condition in one sentence.

<!-- measured: written by \`--write\` -->
<!-- end of what was measured -->

**Conditions.** The distributions, the load and the sizes of the experiment.

**Hand calculation.** The same number from a closed form, if there is one.

**Not covered.** What the experiment does not show.
`

const design = `loadpath: 1
name: twice the instances
about: The variants differ only in what the claim is about.

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
