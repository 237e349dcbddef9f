import type { Agenda } from './agenda.ts'

/** Something scheduled from outside the path of requests: it runs once, at its moment. */
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

  /** Lets `act` happen after `delayMs`. */
  static after(agenda: Pick<Agenda, 'after'>, delayMs: number, act: () => void): void {
    agenda.after(delayMs, (happening: Happening) => happening.act(), new Happening(act))
  }
}
