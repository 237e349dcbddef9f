import { defineConfig } from 'vitest/config'
import { levelConfig } from './vitest.levels.ts'

export default defineConfig(levelConfig('slow'))
