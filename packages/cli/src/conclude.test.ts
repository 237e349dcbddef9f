import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { commandLine, conclude } from './conclude.ts'
import type { LoadpathContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { mistake } from './mistakes.ts'
import { ReplicationFailure } from './threads/reply.ts'

function recorder() {
  const said = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      said[name] += text
    },
  })
  const process = { stdout: stream('stdout'), stderr: stream('stderr'), version: 'v20', platform: 'linux', exitCode: 0 }
  return { said, process, context: { process } as unknown as LoadpathContext }
}

const replay = (seed: number | undefined) => `loadpath simulate a.yaml --seed ${seed}`
const task = { seed: 7, replication: 3, workFactor: 1.05 } as never

async function run(json: boolean, error: unknown) {
  const { said, process, context } = recorder()
  await conclude(context, { json, replay }, () => Promise.reject(error))
  return { ...said, exitCode: process.exitCode }
}

test('a mistake of the caller is explained', async () => {
  const error = mistake('no-design', 'there is no such file', 'check the spelling', 'a.yaml')
  expect(await run(false, error)).toEqual({
    stdout: '',
    stderr: 'a.yaml: error: no-design: there is no such file\n  help: check the spelling\n',
    exitCode: exitCodes.wrong,
  })
  const { stdout, stderr } = await run(true, error)
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, problems: [{ code: 'no-design' }] })
  expect(stderr).toBe('')
})

test('an error after an answer adds no second JSON document', async () => {
  for (const error of [mistake('full', 'the disk is full', 'make room'), new Error('a bug')]) {
    const { said, process, context } = recorder()
    await conclude(context, { json: true, replay }, (print) => {
      print('{}\n')
      return Promise.reject(error)
    })
    expect(said.stdout).toBe('{}\n')
    expect(said.stderr).toContain(error.message)
    expect(process.exitCode).toBe(error.message === 'a bug' ? exitCodes.fault : exitCodes.wrong)
  }
})

test('a command that is shown can be typed, and moves no cursor', () => {
  expect(commandLine(['loadpath', 'trace', 'a b.lis', "it's"])).toBe("loadpath trace 'a b.lis' 'it'\\''s'")
  const odd = "a\u001b[31m\n\u202e\\é'.lis"
  const line = commandLine(['printf', '%s', odd])
  expect(line).toBe("printf %s $'a\\x1b[31m\\x0a\\xe2\\x80\\xae\\\\é\\'.lis'")
  expect(execFileSync('bash', ['-c', line], { encoding: 'utf8' })).toBe(odd)
})

test('an internal error prints the seed, the replication and the command that repeats it', async () => {
  const failure = { name: 'InvariantViolation', message: 'time ran backwards at 12 ms in web', stack: '' }
  const { stderr, exitCode } = await run(false, new ReplicationFailure(failure, task))
  expect(exitCode).toBe(exitCodes.fault)
  expect(stderr).toBe(`internal error in loadpath; your design is not the cause: time ran backwards at 12 ms in web
  where: seed 7, replication 3, service times × 1.05
  replay: loadpath simulate a.yaml --seed 7
  version: loadpath 0.1.0, Node.js v20, linux
  help: report it with these lines and the design
`)
  const { stdout } = await run(true, new ReplicationFailure(failure, task))
  expect(JSON.parse(stdout)).toMatchObject({ fault: { seed: 7, replication: 3, replay: replay(7) } })
})
