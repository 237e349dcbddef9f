/**
 * Names of two counters: what a block has acknowledged, a message or a write, before it was done with it; and what of that was
 * lost afterwards. A block that acknowledges in advance has both, under these names.
 */
export const acknowledgedCounter = 'acknowledged'
export const acknowledgedLostCounter = 'acknowledged-lost'
