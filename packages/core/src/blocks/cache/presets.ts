import type { Preset } from '../../support/preset.ts'

export const cachePresets: readonly Preset[] = []
