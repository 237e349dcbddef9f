import { catalogue, readDesign, replicate, simulate } from '@loadpath/core'

/** What a test of the browser asks of the worker: an answer to the design of this text. */
export interface Question {
  readonly text: string
  readonly set: readonly string[]
}

/** The answer as JSON; throws if the text is no design. The same code runs in Node and in a worker of the browser. */
export async function answerTo({ text, set }: Question): Promise<string> {
  const { design, problems } = readDesign(text, catalogue, { set })
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return JSON.stringify(
    await simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)), traceSlowest: true }),
  )
}

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: { readonly data: Question }) => void) | null
  postMessage?(answer: string): void
}

const scope = globalThis as unknown as Scope
scope.onmessage = ({ data }) => {
  answerTo(data).then(
    (answer) => scope.postMessage?.(answer),
    (error) => scope.postMessage?.(`failed: ${error}`),
  )
}
