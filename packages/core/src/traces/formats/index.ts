import { registry } from '../../support/registry.ts'
import { accessLog } from './access-log.ts'
import { adaptsize } from './adaptsize.ts'
import { csv } from './csv.ts'
import type { TraceFormat } from './format.ts'
import { int32 } from './int32.ts'
import { int32BigEndian } from './int32-be.ts'
import { int64 } from './int64.ts'
import { int64BigEndian } from './int64-be.ts'
import { jsonLines } from './json-lines.ts'
import { keys } from './keys.ts'
import { lirs } from './lirs.ts'
import { lis } from './lis.ts'
import { oracleGeneral } from './oracle-general.ts'

/** The most particular first: an unknown file is of the first format that can read it. */
export const traceFormats = registry<TraceFormat>('trace format', [
  lis,
  accessLog,
  jsonLines,
  csv,
  adaptsize,
  lirs,
  oracleGeneral,
  int32,
  int32BigEndian,
  int64,
  int64BigEndian,
  keys,
])
