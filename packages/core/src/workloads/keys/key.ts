import type { Definition } from '../../support/definition.ts'
import type { UniformSource } from '../../support/laws/law.ts'
import type { Params, Values } from '../../support/params.ts'

/** Which of the things stored a request asks for: whole numbers from 1, most popular first where popularity differs. */
export interface KeySampler {
  readonly keys: number
  sample(source: UniformSource): number
}

export interface KeyLaw<P extends Params = Params> extends Definition<P> {
  create(values: Values<P>): KeySampler
}

export function keyLaw<P extends Params>(definition: KeyLaw<P>): KeyLaw<P> {
  return definition
}
