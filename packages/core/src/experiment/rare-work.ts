import { momentsOf } from '../before-run/expected-draws.ts'
import type { RareDraw } from './unseen-draws.ts'

/** A draw that is expected fewer times than this may, by chance, hardly come in a run. */
export const fewTimes = 10

/** `work at server (mean 20 s) is expected only 0.54 times in this run`. */
export function rareSaid({ draw, expected }: RareDraw): string {
  const mean = momentsOf(draw.distribution)[0]
  const seconds = mean >= 1000 ? `${short(mean / 1000)} s` : `${short(mean)} ms`
  return `work at ${draw.block} (mean ${seconds}) is expected only ${short(expected)} times in this run`
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)))
}
