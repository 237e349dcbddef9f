import { expect, it } from 'vitest'
import { type RequestTrace, type Span, Tracer } from './trace.ts'

const span = (fromMs: number): Span => ({
  call: 1,
  caller: 0,
  block: 'api',
  activity: 'working',
  fromMs,
  toMs: fromMs + 1,
})
const end = (source: string, request: number) => ({
  source,
  request,
  kind: 'read',
  arrivedMs: 0,
  endedMs: 9,
  outcome: 0,
})

it('hands over the spans of a request when it ends, and only its own', () => {
  const ended: RequestTrace[] = []
  const tracer = new Tracer((trace) => void ended.push(trace))
  tracer.begin('web', 1)
  tracer.begin('web', 11)
  tracer.begin('app', 1)
  tracer.add('web', 1, span(0))
  tracer.add('app', 1, span(5))
  tracer.add('web', 1, span(2))
  tracer.end(end('web', 1))
  expect(ended).toEqual([{ ...end('web', 1), spans: [span(0), span(2)] }])
  tracer.end(end('app', 1))
  tracer.end(end('web', 11))
  expect(ended.slice(1)).toEqual([
    { ...end('app', 1), spans: [span(5)] },
    { ...end('web', 11), spans: [] },
  ])
})

it('drops what comes for a request that has ended, or that it does not follow', () => {
  const ended: RequestTrace[] = []
  const tracer = new Tracer((trace) => void ended.push(trace))
  tracer.begin('web', 1)
  tracer.end(end('web', 1))
  tracer.add('web', 1, span(9))
  tracer.add('web', 2, span(9))
  tracer.end(end('web', 1))
  tracer.end(end('web', 2))
  expect(ended).toEqual([{ ...end('web', 1), spans: [] }])
})
