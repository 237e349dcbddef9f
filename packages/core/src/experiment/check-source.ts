import { callWithoutEffect } from '../calls/without-effect.ts'
import type { FieldReport } from '../support/definition.ts'
import { replayFacts } from '../workloads/recording.ts'
import type { SourceValues } from '../workloads/source.ts'
import { requestsAtOnce } from '../workloads/span.ts'

/** What must hold between the fields of a source of traffic. */
export function checkSource(name: string, values: SourceValues, report: FieldReport): void {
  checkLoop(name, values, report)
  checkSpan(name, values, report)
  checkReplay(name, values, report)
  for (const [kind, request] of Object.entries(values.requests)) {
    for (const { field, ...complaint } of callWithoutEffect(request)) {
      report({ ...complaint, field: `${name}.requests.${kind}.${field}` })
    }
    if (request.key?.name !== 'session' || values.sessions !== undefined) continue
    report({
      code: 'no-sessions',
      field: `${name}.requests.${kind}.key`,
      message: `\`${kind}\` has \`key: session\`, but \`${name}\` has no sessions`,
      hint: `add \`sessions: 10k\` to ${name}`,
    })
  }
  if (Object.values(values.requests).every(({ weight }) => weight === 0)) {
    report({
      code: 'no-weight',
      field: `${name}.requests`,
      message: `all requests of \`${name}\` have weight 0`,
      hint: 'give one of them a weight above 0, or remove the weights',
    })
  }
  if (values.shape.name !== 'constant' && values.rate === undefined && values.replay === undefined) {
    const loop = values.users === undefined ? 'requests that come all at once have' : 'a closed loop has'
    report({
      code: 'shape-of-closed-loop',
      field: `${name}.shape`,
      message: `${loop} no rate for a \`shape\` to change`,
      hint: 'write `rate`, or remove `shape`',
    })
  }
}

/** Requests come at a rate, from users who wait for answers, at the times of a trace, or many at once. */
function checkLoop(name: string, values: SourceValues, report: FieldReport): void {
  const { rate, users, replay, every } = values
  if (requestsAtOnce(values) !== null) return
  if (every !== undefined) {
    report({
      code: 'conflicting-fields',
      field: `${name}.every`,
      message: `\`${name}\` is a job: \`every\` excludes a rate, users and a trace`,
      hint: `remove \`every\`, or write only \`every\` and \`count\``,
    })
    return
  }
  if (replay !== undefined && users === undefined) {
    if (rate !== undefined || replay.timesMs !== null) return
    report({
      code: 'no-times',
      field: `${name}.replay`,
      message: `\`${replay.file}\` has no request times`,
      expected: 'a rate beside it, such as `rate: 200/s`',
    })
    return
  }
  if ((rate === undefined) !== (users === undefined) && replay === undefined) return
  const message =
    replay !== undefined
      ? `\`${name}\` has both users and a trace with times`
      : rate === undefined
        ? `\`${name}\` has neither a rate, users nor a count`
        : `\`${name}\` has both a rate and users`
  report({
    code: 'open-or-closed',
    field: name,
    message,
    hint:
      rate === undefined && users === undefined
        ? 'add `rate: 100/s`, or `users: 100` with `think: 2s`'
        : 'keep one of them',
    expected:
      'either `rate: 200/s` (open loop) or `users: 500` with `think: 2s` (closed loop), `replay: access.log` or `count: 200` (all at once, or `every` so long)',
  })
}

/** Fields of a span that nothing of the source depends on. */
function checkSpan(name: string, values: SourceValues, report: FieldReport): void {
  const { users, start, every, for: lengthMs } = values
  if (users === undefined && start !== 'spread') {
    report(`${name}.start`, `\`start\` has no effect: \`${name}\` has no users`, 'add `users`, or remove `start`')
  }
  if (lengthMs !== undefined && every === undefined && requestsAtOnce(values) !== null) {
    report(
      `${name}.for`,
      `\`for\` has no effect: all requests of \`${name}\` come at once`,
      'add `rate` or `every`, or remove `for`',
    )
  }
}

function checkReplay(name: string, values: SourceValues, report: FieldReport): void {
  const { replay, rate, speed, shape, requests } = values
  const matched = Object.entries(requests).find(([, request]) => request.http !== undefined)
  if (replay === undefined) {
    if (matched !== undefined) {
      report(
        `${name}.requests.${matched[0]}.http`,
        `\`http\` has no effect: \`${name}\` replays no trace`,
        'add `replay: access.log`, or divide by `weight`',
      )
    }
    if (speed !== undefined)
      report(
        `${name}.speed`,
        `\`speed\` has no effect: \`${name}\` replays no trace`,
        'add `replay: access.log`, or change `rate`',
      )
    return
  }
  if (rate === undefined && shape.name !== 'constant') {
    report(`${name}.shape`, '`shape` has no effect: the trace sets the times', 'remove `shape`, or add a `rate`')
  }
  if (rate !== undefined && speed !== undefined) {
    report(
      `${name}.speed`,
      'with a rate, the times of the trace are not used, and nothing can be faster',
      'change `rate` instead',
    )
  }
  const facts = replayFacts(values)
  if (facts === null || facts.unmatched === 0 || facts.hasRest) return
  report({
    code: 'unmatched-requests',
    severity: facts.requests === 0 ? 'error' : 'warning',
    field: `${name}.requests`,
    message: `${facts.unmatched} of ${replay.requests} requests of ${replay.file} match no kind`,
    hint: 'widen a `http`, or remove it from the kind that takes the rest',
  })
}
