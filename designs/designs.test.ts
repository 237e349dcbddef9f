import { readdirSync, readFileSync } from 'node:fs'
import {
  catalogue,
  type Design,
  designSchema,
  readDesign,
  readObject,
  replicate,
  review,
  simulate,
  type Task,
} from '@loadpath/core'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()
const validate = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false })
  .addVocabulary(['patternErrorMessage', 'markdownDescription'])
  .compile(designSchema(catalogue))

/** A second of it, or about a hundred requests: long enough to meet every block, not to answer anything. */
function shortened({ traffic }: Document): readonly string[] {
  const perSecond = Object.values(traffic).reduce((sum, { rate = '100/s' }) => sum + Number.parseFloat(rate), 0)
  return [`run={ for: ${Math.max(1, Math.ceil(100 / perSecond))}s, repeat: 2 }`, 'faults=[]', 'objectives=[]']
}

interface Document {
  readonly traffic: Readonly<Record<string, { readonly rate?: string }>>
  readonly blocks: object
  readonly variants?: Readonly<Record<string, object>>
}

describe.each(folders)('%s', (folder) => {
  const text = readFileSync(new URL(`${folder}/loadpath.yaml`, import.meta.url), 'utf8')
  const document = parse(text) as Document
  const short = shortened(document)
  const options = (variant: string | undefined) => (variant === undefined ? {} : { variant })

  it.each([undefined, ...Object.keys(document.variants ?? {})])('checks clean, variant %s', (variant) => {
    const { problems } = readDesign(text, catalogue, options(variant))
    // A variant may go without a block: that is what it shows.
    const unexpected = problems.filter(({ code }) => variant === undefined || code !== 'unused-block')
    expect(unexpected).toEqual([])
  })

  it('is reviewed, and every warning is accepted with a reason', () => {
    const readings = [undefined, ...Object.keys(document.variants ?? {})].map((variant) => {
      const { design, places } = readDesign(text, catalogue, options(variant))
      if (design === undefined || places === undefined) throw new Error('the design is refused')
      return { design, places }
    })
    const open = review(readings).filter(({ severity, accepted }) => severity === 'warning' && accepted === undefined)
    expect(open.map(({ rule, what }) => `${rule}: ${what}`)).toEqual([])
  })

  it('is accepted by the schema for editors', () => {
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
  })

  it('gives the same bytes twice, and others with another seed', async () => {
    const design = designOf(readDesign(text, catalogue, { set: short }))
    const first = await answer(design, 1)
    expect((await answer(design, 1)) === first).toBe(true)
    expect((await answer(design, 2, false)) === first).toBe(false)
  })

  it('gives the same bytes whatever the order of its blocks', async () => {
    const reversed = { ...document, blocks: Object.fromEntries(Object.entries(document.blocks).reverse()) }
    const design = designOf(readObject(reversed, catalogue, { set: short }))
    const asDeclared = designOf(readDesign(text, catalogue, { set: short }))
    expect((await answer(design, 1, false)) === (await answer(asDeclared, 1, false))).toBe(true)
  })
})

function designOf({ design, problems }: ReturnType<typeof readDesign>): Design {
  expect(problems).toEqual([])
  if (design === undefined) throw new Error('the design is refused')
  return { ...design, uncertain: [] }
}

/** @param longer whether to ask too what longer work would do, which takes twice as long again. */
async function answer(design: Design, seed: number, longer = true): Promise<string> {
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const found = await simulate(design, { seed, runner, longer })
  // Assumptions are listed in the order in which the blocks are declared.
  const assumptions = [...found.assumptions].sort((a, b) => (a.path < b.path ? -1 : 1))
  return JSON.stringify({ ...found, run: { ...found.run, seed: 0 }, assumptions })
}
