import type { Copy } from '../../../kernel/copy.ts'
import type { Counter } from '../../../kernel/measured.ts'

/** How old what a cache showed was: counted for every read at the moment when it was requested. */
export class Shown {
  readonly counters: readonly Counter[]
  private count = 0
  private stale = 0
  private versions = 0
  private ms = 0
  private copies = 0

  constructor() {
    this.counters = [
      { name: 'copies', read: () => this.copies },
      { name: 'shown', read: () => this.count },
      { name: 'stale', read: () => this.stale },
      { name: 'stale-versions', read: () => this.versions },
      { name: 'stale-ms', read: () => this.ms },
    ]
  }

  /** A copy has come in, or is shown for the first time since the start. */
  came(): void {
    this.copies++
  }

  judge(copy: Copy | null, askedMs: number): void {
    if (copy === null) return
    this.count++
    const versions = copy.versionsBehind(askedMs)
    if (versions === 0) return
    this.stale++
    this.versions += versions
    this.ms += copy.msBehind(askedMs)
  }
}
