import { expect, test } from 'vitest'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'

/** Requests name the endpoints of `web`, which stands behind a balancer and up to two caches. */
const design = (web: string) => `loadpath: 1
name: shop
traffic:
  visitors:
    rate: 100/s
    requests: { product: { to: cdn.product, key: zipf 0.9 over 1k }, home: { to: near.home, key: zipf 0.9 over 1k } }
blocks:
  near: { type: cache, of: cdn, capacity: 1k }
  cdn: { type: cdn, of: front, capacity: 1k }
  front: { type: load-balancer, targets: web }
  web: { type: service, ${web}endpoints: { product: [{ compute: 1ms }], home: [{ compute: 1ms }] } }
`

test('a block behind a CDN that cannot be read is reported once, not as missing operations as well', () => {
  expect(readDesign(design(''), catalogue).problems).toEqual([])
  expect(readDesign(design('replicas: 3, '), catalogue).problems.map(({ code }) => code)).toEqual(['unknown-field'])
})

test('an operation that a block behind a CDN lacks is reported', () => {
  const text = design('').replace('to: cdn.product', 'to: cdn.produce')
  expect(readDesign(text, catalogue).problems.map(({ code }) => code)).toEqual(['unknown-operation'])
})
