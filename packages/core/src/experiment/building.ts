import type { Site } from '../blocks/block.ts'
import type { Host } from './task.ts'

/** Steps of building, such as a key that is drawn or a request that is recalled, between two looks at the host. */
const stepsPerLook = 4096
/** A block takes about as long as so many of them, or many times that with instances by the thousand. */
const stepsOfBlock = 128

/** Thrown where the host stops a replication that has not begun: it was still built, or warmed its caches. */
export class NotBegun extends Error {
  override readonly name = 'NotBegun'
}

/** A replication that is being built: large ones take seconds, and the host may want to end them in the meantime. */
export class Building {
  private readonly host: Host
  private steps = 0

  constructor(host: Host) {
    this.host = host
  }

  /**
   * To be called in long loops.
   * @throws NotBegun, or what the clock of the host throws.
   */
  readonly step = (): void => this.advance(1)

  /** A block is built, or connected to others. */
  block(): void {
    this.advance(stepsOfBlock)
  }

  private advance(more: number): void {
    this.steps += more
    if (this.steps < stepsPerLook) return
    this.steps = 0
    if (this.host.isStopped?.() === true) throw new NotBegun()
    this.host.elapsedMs?.()
  }

  /** The same site; keys drawn one by one to warm a cache count as steps. */
  watched(site: Site): Site {
    return {
      ...site,
      keyStream: (operation) => {
        const draw = site.keyStream(operation)
        if (draw === null) return null
        return () => {
          this.step()
          return draw()
        }
      },
      popularity: (operation) => {
        const popularity = site.popularity(operation)
        if (popularity === null) return null
        const perMsOf = (key: number): number => {
          this.step()
          return popularity.perMsOf(key)
        }
        return { ...popularity, perMsOf }
      },
    }
  }
}
