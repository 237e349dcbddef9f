import { keyDistribution } from './key.ts'

export const session = keyDistribution({
  name: 'session',
  title: 'The session',
  summary: "The key is the visitor's session: a session store, a basket, a profile.",
  goodFor: 'state that belongs to one visitor; needs `sessions:` on the traffic source',
  costs: 'every session is as busy as any other',
  params: {},
  create: () => ({ keys: 0, sample: () => 0 }),
})
