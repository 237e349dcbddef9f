import type { Definition } from '../../../support/definition.ts'
import type { Params, Values } from '../../../support/params.ts'

/** Decides which calls an instance gives up so that the others are answered in time. It knows time only through its arguments. */
export interface Shedder {
  /**
   * Whether a call that arrives may come in; without it, all may.
   * @param priority from 0, the most urgent, to 9
   * @param inside calls that came in and are not answered; `waiting` are those of them that wait for a worker
   */
  admits?(priority: number, inside: number, waiting: number): boolean
  /**
   * Whether work may begin on a call that waited for a worker; without it, on all.
   * @param waiting calls that wait behind it
   */
  begins?(waitedMs: number, waiting: number, nowMs: number): boolean
  /**
   * Notes that a call was answered.
   * @param inside calls that were inside until then, this one included
   */
  answered?(tookMs: number, inside: number): void
}

/** A rule by which a service sheds load. */
export interface Shed<P extends Params = Params> extends Definition<P> {
  create(values: Values<P>): Shedder
}

export function shed<P extends Params>(definition: Shed<P>): Shed<P> {
  return definition
}
