import { type Missed, missed, WeighedKeys, weightsByKey } from './weighed-keys.ts'

export interface LirsRules {
  /** The stack holds at most so many times the capacity. */
  readonly stackLimit: number
  /** A second request in a row changes nothing, as in the authors' program, or counts like any other. */
  readonly repeats: 'skipped' | 'counted'
  /** A hit in the queue, of what the stack no longer knows, takes room from the LIR blocks, or none, as in the paper. */
  readonly queueHits: 'take-none' | 'take-room'
}

export const ourLirs: LirsRules = { stackLimit: 16, repeats: 'skipped', queueHits: 'take-none' }
/** `LIRS.c` of libCacheSim at aa0fc40. */
export const libCacheSimLirs: LirsRules = { stackLimit: 2, repeats: 'counted', queueHits: 'take-room' }

/** LIRS over objects of many sizes. */
export function lirsByWeight(
  keys: ArrayLike<number>,
  weights: ArrayLike<number>,
  capacity: number,
  rules: LirsRules,
): Missed {
  const lists = new LirsLists(weightsByKey(keys, weights), capacity, rules)
  return missed(keys, weights, (key, weight) => lists.request(key, weight))
}

/** The top of stack S is its last, the front of queue Q its first. */
class LirsLists {
  private readonly s: WeighedKeys
  private readonly q: WeighedKeys
  private readonly lir: WeighedKeys
  private readonly hirInS: WeighedKeys
  private previous: number | undefined
  private readonly capacity: number
  private readonly rules: LirsRules

  constructor(weightOf: (key: number) => number, capacity: number, rules: LirsRules) {
    this.s = new WeighedKeys(weightOf)
    this.q = new WeighedKeys(weightOf)
    this.lir = new WeighedKeys(weightOf)
    this.hirInS = new WeighedKeys(weightOf)
    this.capacity = capacity
    this.rules = rules
  }

  /** @returns whether the key was in */
  request(x: number, weight: number): boolean {
    const { s, q, lir, hirInS, capacity, rules } = this
    if (weight > capacity) return false
    if (rules.repeats === 'skipped' && x === this.previous) return true
    this.previous = x
    const isHit = lir.has(x) || q.has(x)
    if (isHit) this.hit(x, weight)
    else this.miss(x, weight)
    while (s.weight > rules.stackLimit * capacity && hirInS.size > 0) this.takeFromStack(hirInS.first as number)
    return isHit
  }

  private hit(x: number, weight: number): void {
    const { s, q, lir } = this
    if (lir.has(x)) {
      s.append(x)
      this.prune()
    } else if (s.has(x)) {
      q.take(x)
      this.becomeLir(x, weight)
    } else {
      q.append(x)
      if (this.rules.queueHits === 'take-room')
        while (lir.size > 0 && lir.weight + weight > this.lirMost(weight)) this.demote()
      this.ontoStack(x)
    }
  }

  private miss(x: number, weight: number): void {
    const { s, q, lir } = this
    while (lir.weight + q.weight + weight > this.capacity) {
      if (q.size === 0) this.demote()
      q.takeFirst()
    }
    if (s.has(x) || lir.weight + weight <= this.lirMost(weight)) this.becomeLir(x, weight)
    else {
      q.append(x)
      this.ontoStack(x)
    }
  }

  /** All but one hundredth, which holds two such objects where half the cache is enough for that. */
  private lirMost(weight: number): number {
    const { capacity } = this
    return capacity - Math.max(Math.floor(capacity * 0.01), Math.min(2 * weight, capacity / 2))
  }

  private becomeLir(x: number, weight: number): void {
    this.s.append(x)
    this.hirInS.take(x)
    this.lir.append(x)
    while (this.lir.weight > this.lirMost(weight)) this.demote()
  }

  private ontoStack(x: number): void {
    this.s.append(x)
    this.hirInS.append(x)
    if (this.lir.size === 0) this.prune()
  }

  private demote(): void {
    const bottom = this.s.takeFirst() as number
    this.lir.take(bottom)
    this.q.append(bottom)
    this.prune()
  }

  private prune(): void {
    const { s, lir } = this
    for (let bottom = s.first; bottom !== undefined && !lir.has(bottom); bottom = s.first) this.takeFromStack(bottom)
  }

  private takeFromStack(key: number): void {
    this.s.take(key)
    this.hirInS.take(key)
  }
}
