import { type Chosen, reference, steps } from '../../../support/params.ts'
import type { Registry } from '../../../support/registry.ts'
import { Transaction } from '../transaction.ts'
import { stepTypes } from './index.ts'
import { step } from './step.ts'

export const transaction = step({
  name: 'transaction',
  title: 'Transaction',
  summary:
    'Holds one connection to a store over all its steps: one of the pool of the instance, or one of those that all callers share. It is given back at the end, and if the endpoint fails, times out or crashes before.',
  mistakenFor: ['begin', 'commit', 'unit-of-work', 'session'],
  goodFor: 'how long connections are held: a slow step inside holds one that others wait for',
  costs: 'connections: everything that its steps wait for counts as use of one',
  source: 'PostgreSQL manual, "BEGIN": a transaction belongs to one connection; HikariCP, "About Pool Sizing"',
  example: { transaction: 'photos', do: [{ call: 'photos.read' }, { compute: '1ms' }] },
  params: {
    store: reference({ meaning: 'the store to which a connection is held', to: 'block', accepts: ['database'] }),
    do: steps({ meaning: 'what is done in the meantime', family: (): Registry => stepTypes }),
  },
  main: 'store',
  misnomers: {
    isolation: 'remove it: isolation levels are not there yet; a transaction holds a connection, and locks nothing',
    stores: 'write one store: transactions over several stores are not there yet',
  },
  check(values, report) {
    const { store } = values
    const inside = values.do as readonly Chosen[]
    if (!callsOf(inside).includes(store.block)) {
      report('do', `no step calls \`${store.block}\``, `write \`{ call: ${store.block}.read }\` among the steps`)
    }
    if (within(inside, 'transaction').some((one) => blockIn(one.values.store) === store.block)) {
      report('do', `a transaction on \`${store.block}\` is inside another on it`, 'remove the inner one')
    }
    if (within(inside, 'parallel').some((one) => callsOf([one]).includes(store.block))) {
      const message = `branches call \`${store.block}\` at once, and the transaction has one connection to it`
      report('do', message, 'write the calls one after the other, or a transaction in each branch')
    }
  },
  inside: (values) => [values.do],
  compile(values, compiler, next) {
    const to = compiler.lookup(values.store)
    const { simulation, program, block } = compiler
    const held = new Transaction({ simulation, program, block, to, outer: compiler.holding })
    const inner = compiler.within(held)
    const first = inner.sequence(values.do as readonly Chosen[], held.end(next))
    // The calls inside have made the ways to the store, with their guards.
    return held.begin(first, compiler.passages.knownTo(to))
  },
  calls: (values, edgesOf) => edgesOf(values.do),
  work: (values, workOf) => workOf(values.do),
  draws: (values, drawsOf) => drawsOf(values.do),
})

/** All steps of a kind among these, and inside them. */
function within(list: readonly Chosen[], kind: string): readonly Chosen[] {
  return list.flatMap((one) => [
    ...(one.name === kind ? [one] : []),
    ...within((stepTypes.get(one.name).inside?.(one.values) ?? []).flat(), kind),
  ])
}

function callsOf(list: readonly Chosen[]): readonly string[] {
  return within(list, 'call').map(({ values }) => blockIn(values.to))
}

function blockIn(reference: unknown): string {
  return (reference as { readonly block: string }).block
}
