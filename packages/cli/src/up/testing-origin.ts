import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A real HTTP server on the loopback interface, on a port that the system chooses. */
export interface Origin {
  readonly port: number
  /** Requests so far. */
  readonly requests: () => number
  close(): Promise<void>
}

export async function serve(
  answer: (from: IncomingMessage, to: ServerResponse) => void | Promise<void>,
): Promise<Origin> {
  let requests = 0
  const server = createServer((from, to) => {
    requests++
    void answer(from, to)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** An origin that keeps texts by path: `PUT` stores the body, `GET` answers with what is stored. */
export function serveStore(stored: Map<string, string>): Promise<Origin> {
  return serve(async (from, to) => {
    const { method, url = '/' } = from
    if (method === 'PUT') stored.set(url, await textOf(from))
    to.end(stored.get(url) ?? '')
  })
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk.toString()
  return text
}

export interface Answer {
  readonly status: number
  readonly text: string
}

export async function ask(port: number, path: string, body?: string): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port, path, method: body === undefined ? 'GET' : 'PUT' })
  asked.end(body)
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 0, text: await textOf(answer) }
}
