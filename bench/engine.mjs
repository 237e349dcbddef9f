import { readFileSync } from 'node:fs'
import { catalogue, readDesign, readObject, replicate, steadyPlan } from '@loadpath/core'

const here = new URL('.', import.meta.url)

/** The reference model, as a design file. */
export function webTier() {
  return checked(readDesign(readFileSync(new URL('web-tier.loadpath.yaml', here), 'utf8'), catalogue))
}

/** A design built as an object. */
export function designOf(object) {
  return checked(readObject({ loadpath: 1, name: 'bench', ...object }, catalogue))
}

function checked({ design, problems }) {
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return design
}

/**
 * Runs one long replication of about `requests` requests on this thread, with every measure that a report shows: the
 * ledgers, distributions, series over time, and 60 requests followed through all blocks.
 */
export function run(design, { requests, perSecond, replication = 0 }) {
  const endMs = (requests / perSecond) * 1000
  const plan = steadyPlan(design, endMs, endMs / 20)
  const limits = {
    events: Number.POSITIVE_INFINITY,
    inside: Number.POSITIVE_INFINITY,
    wallMs: Number.POSITIVE_INFINITY,
  }
  const task = { design, seed: 1, replication, workFactor: 1, plan, limits, trace: null }
  const began = process.hrtime.bigint()
  const found = replicate(task)
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  const cells = found.kinds.flat()
  const sum = (read) => cells.reduce((total, cell) => total + read(cell), 0)
  const answered = sum((cell) => cell.answered)
  return {
    seconds,
    answered,
    offered: sum((cell) => cell.offered),
    events: found.events,
    meanMs: sum((cell) => cell.sumMs) / answered,
  }
}
