import { expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

/** One worker at 80 %: a response takes longer than x with probability exp(-x / 50 ms): 67 % at 20 ms. */
async function answerWith(deadline: string, failing: string) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: deadlines
traffic: { v: { rate: 80/s, requests: { get: { to: a, ${deadline} } } } }
blocks:
  a: { type: service, workers: 1, endpoints: { any: [{ compute: exponential 10ms }, { fail: ${failing} }] } }
run: { for: 100s, repeat: 10 }
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const { requests, verdict } = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  return { sentence: verdict.sentence, ledger: requests[0]?.ledger }
}

it('the headline names the largest cause of failure, which may be late answers', async () => {
  const late = await answerWith('deadline: 20ms', '1%')
  expect(late.sentence).toMatch(
    /^failing: only [\d.]+ % of requests are answered in time; 6\d[.\d]* % are answered after/,
  )
  const { late: count = 0, answered = 0 } = late.ledger ?? {}
  expect(count / answered).toBeCloseTo(0.67, 1)
  const failing = await answerWith('deadline: 500ms', '20%')
  expect(failing.sentence).toMatch(/in time; [\d.]+ % fail because/)
})

it('late answers are absent where no request has a deadline', async () => {
  expect((await answerWith('weight: 1', '1%')).ledger).not.toHaveProperty('late')
})
