import { checkName, namePattern } from './names.ts'
import { type Described, type Param, type ParamKind, type Presence, presence } from './param.ts'
import { described, patterned } from './schema.ts'
import { readText } from './words.ts'

const expected = 'a name of lower-case letters, digits and hyphens'

/** A name that the author gives, and by which other parts of the design point at this one. */
export const name: ParamKind<unknown, string, string> = (options: Described & Presence): Param<never, never> => ({
  ...presence(options),
  kind: 'name',
  expected,
  read(node, reading) {
    const text = readText(node, expected, reading)
    return (text !== undefined && checkName(text, node.place, reading) ? text : undefined) as never
  },
  fits: (node) => (node.kind === 'scalar' && new RegExp(namePattern).test(node.text) ? 1 : 0),
  schema: () => described({ type: 'string', ...patterned(namePattern, expected) }, options.meaning),
})
