import { readValue } from '../language/read-value.ts'
import type { Definition } from '../support/definition.ts'
import { invariant } from '../support/invariant.ts'
import { printNotation } from '../support/params/node.ts'
import { type Chosen, distribution, type Param, policy } from '../support/params.ts'
import { type Registry, registry } from '../support/registry.ts'
import { exampleOf } from './sample.ts'

/** A member as its own example writes it, read as a design is: for suites that try every member of a family. */
export function chosenAsItSays(member: Definition, family: Registry = registry('member', [member])): Chosen {
  return readChosen(member, 'type', policy({ meaning: 'a member', family }))
}

/** The same of a distribution, as a time. */
export function distributionAsItSays(member: Definition): Chosen {
  return readChosen(member, 'distribution', distribution({ meaning: 'a distribution', dimension: 'duration' }))
}

function readChosen(member: Definition, key: string, param: Param<Chosen>): Chosen {
  const text = printNotation(exampleOf(member, key))
  const { value, problems } = readValue(text, param, 'example')
  invariant(value !== undefined, `\`${text}\` is refused: ${problems.map(({ message }) => message).join('; ')}`)
  return value
}
