import { BaseSequencer, type TestSequencerConstructor, type TestSpecification } from 'vitest/node'

/** A sequencer: what takes longest begins first, so that no core is idle while the last file runs. */
export function longestFirst(paths: readonly string[]): TestSequencerConstructor {
  const place = ({ moduleId }: TestSpecification) => {
    const index = paths.findIndex((path) => moduleId.endsWith(path))
    return index < 0 ? paths.length : index
  }
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return (await super.sort(files)).sort((a, b) => place(a) - place(b))
    }
  }
}
