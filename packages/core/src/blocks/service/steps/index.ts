import type { Chosen } from '../../../support/params.ts'
import { registry } from '../../../support/registry.ts'
import { branch } from './branch.ts'
import { call } from './call.ts'
import { compute } from './compute.ts'
import { fail } from './fail.ts'
import { parallel } from './parallel.ts'
import { publish } from './publish.ts'
import { repeat } from './repeat.ts'
import { respond } from './respond.ts'
import type { StepType } from './step.ts'
import { transaction } from './transaction.ts'
import { wait } from './wait.ts'

export const stepTypes = registry<StepType>('step', [
  compute,
  wait,
  call,
  publish,
  parallel,
  branch,
  repeat,
  transaction,
  respond,
  fail,
])

/** Whether these steps, or steps inside them, run branches at once. */
export function forks(list: readonly Chosen[]): boolean {
  return list.some(({ name, values }) => {
    const type = stepTypes.get(name)
    return type.forks === true || (type.inside?.(values) ?? []).some(forks)
  })
}
