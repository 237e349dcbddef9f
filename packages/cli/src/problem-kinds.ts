import type { ProblemKind } from '@loadpath/core'

/** Mistakes in a call of the command line, in addition to the mistakes of a design. */
export const callProblems: readonly ProblemKind[] = [
  {
    code: 'unknown-command',
    title: 'Unknown command',
    meaning: 'The first word after `loadpath` is not a command.',
    remedy: 'Run `loadpath --help` to list the commands.',
  },
  {
    code: 'unknown-flag',
    title: 'Unknown flag',
    meaning: 'The command has no flag of this name.',
    remedy: 'Run the command with `--help` to list its flags.',
  },
  {
    code: 'wrong-argument',
    title: 'Wrong argument',
    meaning: 'An argument or the value of a flag is missing, invalid, or given too often.',
    remedy: 'Follow the hint, or run the command with `--help`.',
  },
  {
    code: 'no-design',
    title: 'No design found',
    meaning: 'The file or folder does not exist, or the folder has no `loadpath.yaml` and no `*.loadpath.yaml`.',
    remedy: 'Check the spelling and the current folder, or write a first design with `loadpath init`.',
  },
  {
    code: 'several-designs',
    title: 'Several designs in the folder',
    meaning: 'A folder as an argument means its only design. This folder has more than one.',
    remedy: 'Name one of the files.',
  },
  {
    code: 'unreadable-design',
    title: 'Unreadable design',
    meaning:
      'The file exists, but the operating system denies access, it is not a regular file, or its text is not UTF-8.',
    remedy: "Check the file's permissions, or name another file, a folder, or `-`.",
  },
  {
    code: 'unwritable-design',
    title: 'Design cannot be rewritten',
    meaning: '`check --fix` has to rewrite the file, and the operating system does not allow it.',
    remedy: 'Check the permissions of the file and its folder, or free space on the disk.',
  },
  {
    code: 'stdin-twice',
    title: 'Standard input named twice',
    meaning: 'Standard input can be read once, so only one of the designs can be `-`.',
    remedy: 'Save the other designs as files.',
  },
  {
    code: 'cannot-fix-stdin',
    title: 'Standard input cannot be rewritten',
    meaning: '`check --fix` rewrites a file in place; standard input is not a file.',
    remedy: 'Name the file.',
  },
  {
    code: 'no-objectives',
    title: 'No objectives',
    meaning: '`test` checks the objectives of a design, and this design has none.',
    remedy: 'Add a section such as `objectives: [ "availability >= 99.9%" ]`.',
  },
  {
    code: 'nothing-to-compare',
    title: 'Nothing to compare',
    meaning: '`compare` needs a design with variants, or several designs.',
    remedy: 'Add variants to the design, or name a second design.',
  },
  {
    code: 'unwritable-report',
    title: 'Report cannot be written',
    meaning:
      'The file of a report cannot be created or written. The same error protects files in use: an input of the command, its output, or another report.',
    remedy: 'Name another file, in a folder that exists and is writable, on a disk with free space.',
  },
  {
    code: 'unwritable-output',
    title: 'Output cannot be written',
    meaning: 'Standard output goes to a file or device that accepts no more data, usually because its disk is full.',
    remedy: 'Free space on the disk, or send the output to another file.',
  },
  {
    code: 'unknown-word',
    title: 'Unknown word',
    meaning: 'No block, policy, measure, problem, rule, key or glossary entry has this name.',
    remedy: 'Run `loadpath explain` to list all words.',
  },
  {
    code: 'unknown-template',
    title: 'Unknown template',
    meaning: '`init` writes a design from one of its templates, and none has this name.',
    remedy: 'Use one of the templates listed.',
  },
  {
    code: 'already-there',
    title: 'File already exists',
    meaning: '`init` and `claims new` create files and never overwrite one.',
    remedy: 'Name another folder or id, or move the existing file.',
  },
  {
    code: 'unwritable-folder',
    title: 'Folder is not writable',
    meaning: 'The folder cannot be created, or the operating system denies write access.',
    remedy: "Check the folder's permissions, or name another folder.",
  },
  {
    code: 'unknown-objective',
    title: 'Unknown objective',
    meaning: '`--sensitivity` takes an objective of the design, or a new one over its blocks and requests.',
    remedy: 'Use one of the objectives listed, or write one such as `p99 < 200ms`.',
  },
  {
    code: 'conflicting-questions',
    title: 'Conflicting options',
    meaning:
      '`--capacity` and `--sensitivity` replace the report, so they exclude each other and `--trace`, `--html` and `--assumptions`.',
    remedy: 'Use one of them at a time.',
  },
  {
    code: 'no-readme',
    title: 'No README to write to',
    meaning: '`test --write` writes the measured numbers into the README beside the design, and there is no README.',
    remedy: 'Add a `README.md` to the folder of the design, or omit `--write`.',
  },
  {
    code: 'no-claims',
    title: 'No claims folder found',
    meaning: 'Claims are read from `claims`, or from `--folder`.',
    remedy: 'Name the folder with `--folder`, or create a claim with `loadpath claims new`.',
  },
  {
    code: 'unknown-claim',
    title: 'Unknown claim',
    meaning: 'A claim is named by its id, such as `lat-02`, by one of its concepts, or by its group.',
    remedy: 'Use an id or a concept of `claims/ATLAS.md`.',
  },
  {
    code: 'wrong-folder',
    title: 'Claim in the wrong folder',
    meaning: "The folder of a claim must have the claim's id as its name.",
    remedy: 'Rename the folder, or correct the id in the head of the README.',
  },
  {
    code: 'no-concepts',
    title: 'No list of concepts',
    meaning: '`claims --atlas` reads the concepts from `concepts.yaml` in the folder of the claims.',
    remedy: 'Add a `concepts.yaml` to the folder of the claims.',
  },
  {
    code: 'unreadable-trace',
    title: 'Unreadable trace',
    meaning: 'The file does not exist, it is a folder, or the operating system denies access.',
    remedy: "Check the spelling, the current folder and the file's permissions.",
  },
  {
    code: 'broken-trace',
    title: 'Damaged trace',
    meaning:
      'The file ends too early, its checksum is wrong, or its header is gzip, zstd or xz but the content is corrupt.',
    remedy: 'Fetch the file again, and test it with `gzip -t`, `zstd -t` or `xz -t`.',
  },
  {
    code: 'unknown-compression',
    title: 'Unsupported compression',
    meaning: 'Loadpath reads gzip and zstd itself, and xz with the program `xz`. It does not read bzip2.',
    remedy: 'Decompress the trace in a pipe: `bzip2 -dc trace.bz2 | loadpath trace -`.',
  },
  {
    code: 'unknown-trace-format',
    title: 'Unknown trace format',
    meaning: 'The format is recognized by the extension of the file and its first lines, and none matches.',
    remedy: 'Name the format with `--format`; for columns, also name the column of the key.',
  },
  {
    code: 'wrong-trace-format',
    title: 'Wrong trace format',
    meaning: 'Most lines do not match the format, so a result from the other lines would be meaningless.',
    remedy: 'Name the right `--format`, with its columns or fields.',
  },
  {
    code: 'empty-trace',
    title: 'Empty trace',
    meaning: 'The file has no request: it is empty, or has only headings, separators and empty lines.',
    remedy: 'Name another file.',
  },
  {
    code: 'nothing-to-cache',
    title: 'Nothing to cache',
    meaning:
      'All requests are POST, PUT, DELETE or the like. Caches do not answer these, so there is nothing to replay.',
    remedy:
      'Name a trace with GET or HEAD requests. If the requests only read, for example a search by POST, extract their keys, one a line, and use `--format keys`.',
  },
  {
    code: 'sample-too-small',
    title: 'Sample too small',
    meaning:
      'The sample has fewer than ten keys, which is too few to estimate its error, or every requested cache is smaller than one entry of the sample.',
    remedy: 'Increase `--sample`, request larger caches, or omit `--sample`.',
  },
  {
    code: 'no-room',
    title: 'Cache smaller than one byte',
    meaning: 'A capacity below one byte holds nothing.',
    remedy: 'Set a capacity of at least `1B`, or in entries.',
  },
  {
    code: 'trace-too-long',
    title: 'Trace too long',
    meaning:
      'Up to 50 million requests and 33 million distinct keys are kept in memory. A longer file is read twice. Standard input cannot be read twice, and policies that need future requests need the whole trace in memory.',
    remedy: 'Take a sample of the keys: `--sample 0.01`.',
  },
  {
    code: 'no-sizes',
    title: 'No object sizes',
    meaning: 'A capacity in bytes needs the size of each object. The trace has no sizes, or all its sizes are 0.',
    remedy: 'Give the capacity in entries, or name the column or field of the size.',
  },
  {
    code: 'sample-to-check',
    title: 'No sample to check',
    meaning: '`--check-sample` compares the result of a sample with the result of all keys.',
    remedy: 'Add `--sample 0.01`, or omit `--check-sample`.',
  },
]
