/** Where something stands in a design; lines and columns count from 1 and are absent for designs built in TypeScript. */
export interface Place {
  /** The name under which `--set` and the report know it, for example `web.endpoints.view.1.compute`. */
  readonly path: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** Characters on the first line. */
  readonly length?: number
}

/** A mistake in a design: collected, never thrown. */
export interface Problem {
  /** Readable and stable; `loadpath explain <code>` tells more. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly path: string
  readonly place: Place
  readonly expected?: string
  readonly found?: string
  readonly hint?: string
}

/** What a definition says of a mistake that it can find: the text behind `loadpath explain <code>`. */
export interface ProblemKind {
  readonly code: string
  readonly title: string
  readonly meaning: string
  readonly remedy: string
}

const syntax: readonly ProblemKind[] = [
  {
    code: 'yaml-syntax',
    title: 'The text is not well-formed YAML',
    meaning: 'The file cannot be read as YAML 1.2, so nothing in it can be understood with certainty.',
    remedy: 'Look at the marked place: most often it is a missing space after a colon, or indentation that jumps.',
  },
  {
    code: 'yaml-feature-refused',
    title: 'A feature of YAML that designs do not use',
    meaning: 'Tags, merge keys, directives and several documents in one file are refused: readers disagree on them.',
    remedy: 'Write the value plainly. What several places share belongs in a preset, a default or a variant.',
  },
  {
    code: 'too-large',
    title: 'The file is larger than 1 MiB',
    meaning: 'A design is written by people; a file of this size is something else, and is not read at all.',
    remedy: 'Put long lists of measured values into their own file beside the design and name that file.',
  },
  {
    code: 'too-deep',
    title: 'The nesting is deeper than 50 levels',
    meaning: 'No design needs it, and deep nesting can exhaust memory.',
    remedy: 'Look for brackets or indentation that are never closed.',
  },
  {
    code: 'too-many-aliases',
    title: 'Too many aliases, or aliases that grow without bound',
    meaning: 'At most 20 aliases are expanded, to at most 10000 values in all.',
    remedy: 'Write the repeated part out, or move the difference into a variant.',
  },
  {
    code: 'duplicate-key',
    title: 'The same key twice in one mapping',
    meaning: 'Only one of the two could count, and readers disagree on which.',
    remedy: 'Remove or rename one of them.',
  },
  {
    code: 'key-not-text',
    title: 'A key that is not plain text',
    meaning: 'Every key in a design is a word. Lists, mappings and empty keys cannot be keys.',
    remedy: 'Write a word as the key.',
  },
]

const fields: readonly ProblemKind[] = [
  {
    code: 'unsupported-version',
    title: 'A version of the language that this Loadpath does not know',
    meaning: 'The line `loadpath: 1` names the version of the language in which the design is written.',
    remedy: 'Write `loadpath: 1`, or install the Loadpath that reads the version you have.',
  },
  {
    code: 'unknown-field',
    title: 'An unknown field',
    meaning: 'Every key is checked, because a misspelt one would otherwise be a default in disguise.',
    remedy: 'Use the nearest known key, or remove the line.',
  },
  {
    code: 'missing-field',
    title: 'A field without a default is not given',
    meaning: 'Nearly every field has a default; this one depends on your system too much to guess.',
    remedy: 'Add the field.',
  },
  {
    code: 'renamed-field',
    title: 'A field that has a new name',
    meaning: 'The old name is still read in this version of the language.',
    remedy: 'Run `loadpath check --fix`, which rewrites it and keeps your comments.',
  },
  {
    code: 'former-form',
    title: 'A form that is written differently now',
    meaning: 'The former form is still read in this version of the language.',
    remedy:
      'Run `loadpath check --fix`, which rewrites it and keeps your comments. It leaves a form on which an anchor, a comment or the path of a variant depends: write that by hand.',
  },
  {
    code: 'older-word',
    title: 'A word that has a preferred form',
    meaning: 'The field knows this thing by several words; designs, reports and docs use one of them.',
    remedy: 'Run `loadpath check --fix`, which rewrites it and keeps your comments.',
  },
  {
    code: 'wrong-form',
    title: 'A value of the wrong form',
    meaning: 'A mapping, a list and a single value are not interchangeable.',
    remedy: 'Write the value in the form that is named as expected.',
  },
]

const values: readonly ProblemKind[] = [
  {
    code: 'malformed-quantity',
    title: 'Not a quantity',
    meaning: 'A quantity is a number with a decimal point and a unit, for example `1.5s` or `800KiB`.',
    remedy: 'Write digits, at most one point, and the unit.',
  },
  {
    code: 'missing-unit',
    title: 'A number without its unit',
    meaning: 'Only counts, weights and factors are bare numbers; everything else carries its unit.',
    remedy: 'Add the unit.',
  },
  {
    code: 'unknown-unit',
    title: 'An unknown unit',
    meaning: 'Units are written exactly: `MB` is 1000 kB, `MiB` is 1024 KiB, `Mbit/s` counts bits, `m` is a minute.',
    remedy: 'Use one of the units that are named as expected.',
  },
  {
    code: 'ambiguous-unit',
    title: 'A unit with several meanings',
    meaning: 'Work of `500m` may be milliseconds, thousandths of a core or minutes.',
    remedy: 'Write `ms` for milliseconds, `min` for minutes.',
  },
  {
    code: 'wrong-dimension',
    title: 'A quantity of another kind',
    meaning: 'For example a size where a duration belongs.',
    remedy: 'Give a quantity of the kind that is named as expected.',
  },
  {
    code: 'out-of-range',
    title: 'A value outside its bounds',
    meaning: 'The value would be meaningless, for example a negative duration or a share above 100%.',
    remedy: 'Choose a value within the bounds.',
  },
  {
    code: 'not-whole',
    title: 'A count that is not whole',
    meaning: 'Instances, keys and the like come in whole numbers.',
    remedy: 'Write a whole number.',
  },
  {
    code: 'conflicting-fields',
    title: 'Fields that do not go together',
    meaning: 'Each field is well-formed, but together they cannot all hold, or one of them lacks its companion.',
    remedy: 'Give the fields in one of the combinations that are named as expected.',
  },
  {
    code: 'outside-folder',
    title: 'A file outside the folder of the design',
    meaning: 'A design may read only files beside or below it, so that it can be shared and run by others safely.',
    remedy: 'Copy the file into the folder of the design and give its relative path.',
  },
  {
    code: 'file-not-found',
    title: 'A file that cannot be read',
    meaning: 'The file does not exist, or the host cannot read files.',
    remedy: 'Check the spelling; the path is relative to the folder of the design.',
  },
]

const names: readonly ProblemKind[] = [
  {
    code: 'unknown-name',
    title: 'A name that nothing bears',
    meaning: 'The word is neither a member of the family nor a part of the design.',
    remedy: 'Use one of the names that are listed.',
  },
  {
    code: 'malformed-name',
    title: 'Not a name',
    meaning: 'Names are lower case: a letter, then letters, digits and hyphens.',
    remedy: 'Rename it, for example `photo-store`.',
  },
  {
    code: 'reserved-name',
    title: 'A name that already means something',
    meaning: 'Sections of a design and measures cannot be names of blocks, sources or requests.',
    remedy: 'Choose another name.',
  },
  {
    code: 'duplicate-name',
    title: 'Two things with the same name',
    meaning: 'Blocks, sources of traffic and requests are told apart by their names alone.',
    remedy: 'Rename one of them.',
  },
  {
    code: 'ambiguous-name',
    title: 'A name that fits several things',
    meaning: 'The same name is borne in several places, so the sentence has more than one meaning.',
    remedy: 'Use one of the full names that are listed.',
  },
  {
    code: 'unknown-operation',
    title: 'An operation that the block does not have',
    meaning: 'A call names an operation of a block. Without one, the name of the request is used.',
    remedy: 'Name one of the operations that are listed, for example `album.read`.',
  },
  {
    code: 'unknown-instance',
    title: 'An instance or role that the block does not have',
    meaning: 'Instances are counted from 1.',
    remedy: 'Name one of the instances or roles that are listed.',
  },
  {
    code: 'wrong-block-type',
    title: 'A block of a type that does not fit',
    meaning: 'This field needs a block of a certain type.',
    remedy: 'Name a block of one of the types that are listed.',
  },
  {
    code: 'cycle-between-blocks',
    title: 'Blocks that call each other in a circle',
    meaning: 'Every request would travel forever.',
    remedy: 'Remove one of the calls, or publish to a queue in its place.',
  },
  {
    code: 'unused-block',
    title: 'A block that no traffic reaches',
    meaning: 'It has no influence on the answer, except on the cost.',
    remedy: 'Call it, or remove it.',
  },
]

const sentences: readonly ProblemKind[] = [
  {
    code: 'unknown-path',
    title: 'An unknown path',
    meaning: 'Variants and `--set` name a field by its path, for example `web.instances`; list items count from 1.',
    remedy: 'Use one of the names that are listed.',
  },
  {
    code: 'malformed-setting',
    title: 'Not a setting',
    meaning: 'A setting is written `path=value`, for example `web.instances=4`.',
    remedy: 'Write a path, an equals sign and a value.',
  },
  {
    code: 'malformed-objective',
    title: 'Not an objective',
    meaning: 'An objective is one comparison, for example `view.p99 < 200ms` or `availability >= 99.9%`.',
    remedy: 'Write a measure, one of `<` `<=` `>` `>=`, and a bound.',
  },
  {
    code: 'wrong-subject',
    title: 'A measure that its subject does not have',
    meaning: 'For example the hit ratio of a request, or the utilization of the whole design.',
    remedy: 'Name a subject of the kind that is listed.',
  },
]

/** Every mistake that the language itself can find; definitions add their own in `problems`. */
export const problemKinds: readonly ProblemKind[] = [...syntax, ...fields, ...values, ...names, ...sentences]
