import type { Preset } from '../../support/preset.ts'

export const databasePresets: readonly Preset[] = []
