import type { Instance } from '../blocks/block.ts'
import type { Agenda } from '../kernel/agenda.ts'
import type { Stream } from '../kernel/random.ts'
import type { Definition } from '../support/definition.ts'
import type { Params, Values } from '../support/params.ts'

/** What a fault is let loose on. */
export interface Scene {
  /** Takes times from 0 s of the run on. */
  readonly agenda: Pick<Agenda, 'at'>
  /** The instances that it affects. */
  readonly instances: readonly Instance[]
  /** Chance of its own, one stream an instance. */
  stream(instance: number): Stream
}

/** A moment worth telling apart in the answer: where a phase of the run begins. */
export interface Moment {
  readonly atMs: number
  readonly label: string
  /** Of the end of an event: when it began. */
  readonly sinceMs?: number
}

/** Something that can go wrong. The parameter `on` says with what. */
export interface Fault<P extends Params = Params> extends Definition<P> {
  schedule(values: Values<P>, scene: Scene): void
  moments(values: Values<P>): readonly Moment[]
  /** Whether it acts all the time, and so belongs to the steady state; false if absent. */
  isPermanent?(values: Values<P>): boolean
}

export function fault<P extends Params>(definition: Fault<P>): Fault<P> {
  return definition
}

/** Something scheduled by a fault: it runs once, at its moment. */
export class Happening {
  generation = 0
  private readonly act: () => void

  constructor(act: () => void) {
    this.act = act
  }

  /** Lets `act` happen at `atMs`. */
  static at(agenda: Pick<Agenda, 'at'>, atMs: number, act: () => void): void {
    agenda.at(atMs, (happening: Happening) => happening.act(), new Happening(act))
  }
}

/** Words that people write for the fields of a fault. */
export const faultMisnomers: Readonly<Record<string, string>> = {
  duration: 'write `for: 30s`',
  length: 'write `for: 30s`',
  until: 'write `for: 30s`, how long it lasts',
  start: 'write `at: 20s`',
  time: 'write `at: 20s`',
  after: 'write `at: 20s`',
  target: 'write the block beside the fault: `crash: web.2`',
  instance: 'write the instance with its block: `crash: web.2`',
}
