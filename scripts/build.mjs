import { build } from 'tsdown'

// The command of tsdown warns of Node 20, which we support, at every installation; its function does not.
await build({ logLevel: 'error' })
