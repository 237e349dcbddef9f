import { registry } from '../../../support/registry.ts'
import { always } from './always.ts'
import { byKey } from './by-key.ts'
import type { Idempotence } from './idempotence.ts'
import { never } from './never.ts'

export const idempotences = registry<Idempotence>('idempotence', [always, never, byKey])
