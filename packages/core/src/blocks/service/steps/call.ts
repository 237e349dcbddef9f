import { guardParams } from '../../../calls/guards/params.ts'
import { callMisnomers, callParams, createCallSite } from '../../../calls/params.ts'
import { callWithoutEffect } from '../../../calls/without-effect.ts'
import { createKeys, keyDistributions } from '../../../keys/index.ts'
import { type Chosen, choice, either, policy, reference, steps } from '../../../support/params.ts'
import type { Registry } from '../../../support/registry.ts'
import { isConnectedTo } from '../transaction.ts'
import { stepTypes } from './index.ts'
import { step } from './step.ts'

/** What may be said once of all calls, or of those to one block. */
export const sharedCallParams = {
  'on-failure': either({
    meaning: 'fail: the endpoint fails too; go-on: it does without the answer; or steps, done in place of the answer',
    of: [
      choice({ meaning: 'how it goes on', words: ['fail', 'go-on'] }),
      steps({ meaning: 'the fallback', family: (): Registry => stepTypes }),
    ],
    default: 'fail',
  }),
  ...callParams,
  ...guardParams,
}

export const call = step({
  name: 'call',
  title: 'Call',
  summary: 'Asks another block and waits for its answer; a failure ends the endpoint with that failure.',
  mistakenFor: ['http', 'request', 'rpc', 'grpc', 'get', 'invoke', 'fetch', 'query', 'sql', 'read', 'write'],
  goodFor: 'whatever needs an answer before it can go on',
  costs:
    'time: calls one after the other add up, and a worker is held in the meantime unless the service is an event loop',
  example: { call: 'photos.read', timeout: '300ms', retry: { attempts: 2 } },
  params: {
    to: reference({ meaning: 'block to call, or one of its operations', to: 'operation' }),
    key: policy({
      meaning: 'key of the object to request, if not the key of the request',
      family: keyDistributions,
      optional: true,
    }),
    ...sharedCallParams,
  },
  main: 'to',
  inherits: { from: 'call', shared: guardParams, once: ['on-failure'] },
  misnomers: { ...callMisnomers, operation: 'write the operation after a dot: `call: db.read`' },
  check(values, report) {
    for (const complaint of callWithoutEffect(values)) report(complaint)
  },
  compile(values, compiler, next) {
    const { simulation, program } = compiler
    const site = compiler.site()
    const to = compiler.lookup(values.to)
    const fails = values['on-failure'] === 'fail'
    const fallback = fallbackOf(values)
    const instead = fallback.length === 0 ? next : compiler.sequence(fallback, next)
    const keys = values.key === undefined ? null : createKeys(values.key)
    const callSite = createCallSite(simulation, values, {
      to,
      repeating: () => compiler.repeating(values.to),
      passages: compiler.passages.to(to, values),
      key: keys === null ? null : (visit) => keys.sample(simulation.random.at(visit.request, visit.callPath, site)),
      operation: to.operation(values.to.operation, compiler.endpoint),
      instance: (values.to.instance ?? 0) - 1,
      isConnected: isConnectedTo(to, compiler.holding),
      block: compiler.block,
      obeysDeadlines: compiler.obeysDeadlines,
      site,
      done(visit, outcome) {
        if (outcome !== 0 && fails) program.fail(visit, outcome)
        else program.resume(visit, outcome === 0 ? next : instead)
      },
    })
    return {
      run(visit) {
        program.release(visit)
        callSite.start(visit)
        return null
      },
    }
  },
  inside: (values) => [fallbackOf(values)],
  calls: (values, edgesOf) => [
    {
      to: values.to,
      perCall: 1,
      options: values,
      ...(values.key === undefined ? {} : { key: values.key }),
      ...(values['on-failure'] === 'fail' ? {} : { dispensable: true }),
    },
    // How often it fails is unknown before a run.
    ...edgesOf(fallbackOf(values)).map((edge) => ({ ...edge, perCall: 0 })),
  ],
})

/** The steps done in place of an answer that did not come. */
function fallbackOf(values: { readonly 'on-failure': string | readonly Chosen[] }): readonly Chosen[] {
  const { 'on-failure': onFailure } = values
  return typeof onFailure === 'string' ? [] : onFailure
}
