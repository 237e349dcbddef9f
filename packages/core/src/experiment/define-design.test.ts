import { expect, it } from 'vitest'
import { readObject } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { defineDesign } from './define-design.ts'

it('defineDesign reads the same document as a file', () => {
  const document = defineDesign({
    loadpath: 1,
    name: 'hello',
    traffic: { visitors: { rate: '100/s', requests: { page: { to: 'web' } } } },
    blocks: { web: { type: 'service', cores: 2, endpoints: { page: [{ compute: '5ms' }] } } },
  })
  const { design, problems } = readObject(document, catalogue)
  expect(problems).toEqual([])
  expect(design?.blocks).toMatchObject([{ name: 'web', type: 'service', values: { cores: 2 } }])
})

it('the types of defineDesign reject what the check would report', () => {
  const document = defineDesign({
    loadpath: 1,
    name: 'hello',
    traffic: { visitors: { rate: '100/s', requests: { page: { to: 'web' } } } },
    // @ts-expect-error there is no block of this type
    blocks: { web: { type: 'servise', cores: 2 } },
  })
  const { problems } = readObject(document, catalogue)
  expect(problems.map(({ code, hint }) => ({ code, hint }))).toContainEqual({
    code: 'unknown-name',
    hint: expect.stringContaining('service'),
  })
})
