import type { CallInfo, CallResult, Chooser, RandomNumbers, Targets } from './choice/choice.ts'
import { weightedRoundRobin } from './choice/weighted-round-robin.ts'

/** Why a target may not be chosen: each reason is a bit. */
export const shut = { unhealthy: 1, ejected: 2, full: 4, cold: 8, absent: 16 } as const

const ill = shut.unhealthy | shut.ejected | shut.absent

type Reason = (typeof shut)[keyof typeof shut]

/** Targets among which one choice is made. */
export interface PartOptions {
  readonly members: readonly number[]
  /** Its share of the calls, relative to the other parts. */
  readonly weight: number
}

interface Part extends PartOptions {
  readonly known: { -readonly [K in keyof Targets]: Targets[K] }
  readonly chooser: Chooser
}

export interface RotationOptions {
  /** Every target is in one of them. */
  readonly parts: readonly PartOptions[]
  /** By target. */
  readonly weights: readonly number[]
  readonly salt: number
  createChooser(targets: Targets): Chooser
}

/**
 * The targets of a balancer that may be chosen now, and the choice among them. If there are several parts, calls are split
 * between those with an open target, evenly in proportion to their weights.
 */
export class Rotation {
  readonly outstanding: Int32Array
  /** Whether no target may be chosen. */
  isEmpty = false
  /** Called when a target may be chosen again or no longer, or its health has changed. */
  onChange: (() => void) | null = null
  private readonly reasons: Uint8Array
  private readonly parts: readonly Part[]
  private readonly partOf: readonly Part[]
  /** The chooser of the only part; null if there are several. */
  private readonly only: Chooser | null
  private readonly hearsSent: boolean
  /** Whether a chooser asks how calls ended. */
  readonly listens: boolean
  private readonly split: Chooser
  private readonly splitKnown: { -readonly [K in keyof Targets]: Targets[K] }

  constructor({ parts, weights, salt, createChooser }: RotationOptions) {
    const count = weights.length
    this.outstanding = new Int32Array(count)
    this.reasons = new Uint8Array(count)
    this.parts = parts.map((part) => {
      const known = { count, weights, outstanding: this.outstanding, available: part.members, salt }
      return { ...part, known, chooser: createChooser(known) }
    })
    const partOf: Part[] = []
    for (const part of this.parts) for (const target of part.members) partOf[target] = part
    this.partOf = partOf
    this.only = this.parts.length === 1 ? (this.parts[0] as Part).chooser : null
    this.hearsSent = this.parts.some(({ chooser }) => chooser.onSent !== undefined)
    this.listens = this.parts.some(({ chooser }) => chooser.onDone !== undefined)
    this.splitKnown = {
      count: parts.length,
      weights: parts.map(({ weight }) => weight),
      outstanding: new Int32Array(parts.length),
      available: [...parts.keys()],
      salt,
    }
    this.split = weightedRoundRobin.create({}, this.splitKnown)
  }

  get count(): number {
    return this.reasons.length
  }

  /** The target of a call. Must not be called if the rotation is empty. */
  choose(call: CallInfo, nowMs: number, random: RandomNumbers): number {
    const { only } = this
    if (only !== null) return only.choose(call, nowMs, random)
    return (this.parts[this.split.choose(call, nowMs, random)] as Part).chooser.choose(call, nowMs, random)
  }

  sent(target: number, nowMs: number): void {
    this.outstanding[target] = (this.outstanding[target] as number) + 1
    if (this.hearsSent) this.chooserOf(target).onSent?.(target, nowMs)
  }

  /** A call at a target has ended; choosers that ask how are told by `ended`. */
  left(target: number): void {
    this.outstanding[target] = (this.outstanding[target] as number) - 1
  }

  ended(target: number, result: CallResult, nowMs: number): void {
    this.chooserOf(target).onDone?.(target, result, nowMs)
  }

  private chooserOf(target: number): Chooser {
    return this.only ?? (this.partOf[target] as Part).chooser
  }

  /** Whether a target is open, or only full or cold. */
  isWell(target: number): boolean {
    return ((this.reasons[target] as number) & ill) === 0
  }

  /** Whether a target is shut for this reason. */
  isShut(target: number, why: Reason): boolean {
    return ((this.reasons[target] as number) & why) !== 0
  }

  /** Targets that are there, in whatever state. */
  get present(): number {
    return this.reasons.reduce((sum, bits) => sum + ((bits & shut.absent) === 0 ? 1 : 0), 0)
  }

  get isAnyWell(): boolean {
    return this.reasons.some((bits) => (bits & ill) === 0)
  }

  /** Shuts a target for a reason, or takes the reason away. */
  set(target: number, why: Reason, isShut: boolean): void {
    const before = this.reasons[target] as number
    const after = isShut ? before | why : before & ~why
    this.reasons[target] = after
    const isMoved = (before === 0) !== (after === 0)
    if (isMoved) this.refresh(this.partOf[target] as Part)
    if (isMoved || ((before ^ after) & ill) !== 0) this.onChange?.()
  }

  private refresh({ known, members, chooser }: Part): void {
    known.available = members.filter((target) => this.reasons[target] === 0)
    if (known.available.length > 0) chooser.onTargets?.(known.available)
    const open = [...this.parts.keys()].filter((i) => (this.parts[i] as Part).known.available.length > 0)
    this.splitKnown.available = open
    this.isEmpty = open.length === 0
  }
}
