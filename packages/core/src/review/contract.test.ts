import { describe, expect, it } from 'vitest'
import { expectedUse, followRequests } from '../before-run/flows.ts'
import { catalogue } from '../experiment/catalogue.ts'
import { readDesign } from '../language/index.ts'
import { nominalWorld } from '../support/params.ts'
import { rules } from './index.ts'
import type { Observation, Rule } from './rule.ts'

function observationsIn(rule: Rule, text: string): readonly Observation[] {
  const { design, problems } = readDesign(text, catalogue)
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const nominal = nominalWorld(design)
  const flows = followRequests(nominal)
  return rule.look({ design: nominal, flows, use: expectedUse(nominal, flows) })
}

/** What a rule does not keep of what each of them promises. */
function broken(rule: Rule): readonly string[] {
  const { unwise, wise } = rule.examples
  const found = observationsIn(rule, unwise)
  const said = [rule.why, rule.remedy, ...found.map(({ what }) => what)]
  return [
    ...(found.length > 0 ? [] : ['finds nothing in its unwise example']),
    ...observationsIn(rule, wise).map(({ what }) => `finds in its wise example: ${what}`),
    ...(JSON.stringify(observationsIn(rule, unwise)) === JSON.stringify(found)
      ? []
      : ['finds something else each time']),
    ...said
      .filter((sentence) => sentence.trim() === '' || /undefined|NaN/.test(sentence))
      .map((one) => `says "${one}"`),
  ]
}

describe.each(rules.members.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
  it('finds its unwise example, finds nothing in its wise one, and says why', () => expect(broken(rule)).toEqual([]))
})

const [first] = rules.members as readonly [Rule, ...Rule[]]

it.each<[string, Rule]>([
  ['finds nothing', { ...first, look: () => [] }],
  ['warns of everything', { ...first, look: () => [{ at: 'web', severity: 'warning', what: 'there is a web' }] }],
  [
    'warns of what is undefined',
    { ...first, look: (of) => first.look(of).map((one) => ({ ...one, what: 'undefined' })) },
  ],
])('a rule that %s is caught', (_mistake, rule) => expect(broken(rule)).not.toEqual([]))
