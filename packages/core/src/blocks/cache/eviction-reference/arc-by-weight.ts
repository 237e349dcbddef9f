import { type Missed, missed, WeighedKeys, weightsByKey } from './weighed-keys.ts'

/** What Figure 4 of the paper, written for pages of one size, leaves open for objects of many sizes. */
export interface ArcRules {
  /** A step of the target p is one page in the paper: the object that is requested, or one unit of weight. */
  readonly step: 'object' | 'unit'
  /** Ghosts go until the lists are as small as the paper wants them, or one goes for each entry that is evicted. */
  readonly ghosts: 'until-they-fit' | 'one-each'
}

export const ourArc: ArcRules = { step: 'object', ghosts: 'until-they-fit' }
/** `ARC.c` of libCacheSim at aa0fc40. */
export const libCacheSimArc: ArcRules = { step: 'unit', ghosts: 'one-each' }

/** ARC over objects of many sizes. */
export function arcByWeight(
  keys: ArrayLike<number>,
  weights: ArrayLike<number>,
  capacity: number,
  rules: ArcRules,
): Missed {
  const lists = new ArcLists(weightsByKey(keys, weights), capacity, rules)
  return missed(keys, weights, (key, weight) => lists.request(key, weight))
}

/** The lists of Figure 4; the least recently used of a list is its first. */
class ArcLists {
  private readonly t1: WeighedKeys
  private readonly t2: WeighedKeys
  private readonly b1: WeighedKeys
  private readonly b2: WeighedKeys
  private p = 0
  private readonly c: number
  private readonly rules: ArcRules

  constructor(weightOf: (key: number) => number, c: number, rules: ArcRules) {
    this.t1 = new WeighedKeys(weightOf)
    this.t2 = new WeighedKeys(weightOf)
    this.b1 = new WeighedKeys(weightOf)
    this.b2 = new WeighedKeys(weightOf)
    this.c = c
    this.rules = rules
  }

  /** @returns whether the key was in */
  request(x: number, weight: number): boolean {
    const { t1, t2, b1, b2, c, rules } = this
    if (t1.take(x) || t2.take(x)) {
      t2.append(x)
      return true
    }
    if (weight > c) return false
    const least = rules.step === 'object' ? weight : 1
    const ratio = b2.weight / b1.weight
    const [inB1, inB2] = [b1.take(x), b2.take(x)]
    if (inB1) this.p = Math.min(this.p + least * Math.max(ratio, 1), c)
    else if (inB2) this.p = Math.max(this.p - least * Math.max(1 / ratio, 1), 0)
    else if (rules.ghosts === 'until-they-fit') this.limitGhosts(weight)
    while (t1.weight + t2.weight + weight > c) {
      if (inB1 || inB2) this.replace(inB2)
      else this.makeRoom(weight)
    }
    const list = inB1 || inB2 ? t2 : t1
    list.append(x)
    return false
  }

  private replace(inB2: boolean): void {
    const { t1, t2, p } = this
    if (t1.size > 0 && (t1.weight > p || (inB2 && t1.weight === p) || t2.size === 0))
      this.b1.append(t1.takeFirst() as number)
    else this.b2.append(t2.takeFirst() as number)
  }

  private limitGhosts(weight: number): void {
    const { t1, t2, b1, b2, c } = this
    while (t1.weight + b1.weight + weight > c && b1.size > 0) b1.takeFirst()
    const l1 = Math.min(t1.weight + b1.weight + weight, c)
    while (l1 + t2.weight + b2.weight > 2 * c && b2.size > 0) b2.takeFirst()
  }

  /** Case IV, for one entry: the key is in no list. */
  private makeRoom(weight: number): void {
    const { t1, c, rules } = this
    if (rules.ghosts === 'one-each') this.replaceAndForgetOne(weight)
    else if (t1.weight + weight > c) t1.takeFirst()
    else this.replace(false)
  }

  private replaceAndForgetOne(weight: number): void {
    const { t1, t2, b1, b2, c } = this
    if (t1.weight + b1.weight + weight > c) {
      if (b1.takeFirst() === undefined) t1.takeFirst()
      else this.replace(false)
      return
    }
    if (t1.weight + t2.weight + b1.weight + b2.weight >= 2 * c) b2.takeFirst()
    this.replace(false)
  }
}
