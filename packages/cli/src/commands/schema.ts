import { catalogue, designSchema } from '@loadpath/core'
import type { LoadpathContext } from '../context.ts'
import { toJson } from '../json.ts'

export function runSchema(this: LoadpathContext): void {
  this.process.stdout.write(toJson(designSchema(catalogue)))
}
