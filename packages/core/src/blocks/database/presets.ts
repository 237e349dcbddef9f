import type { Preset } from '../block.ts'

export const databasePresets: readonly Preset[] = []
