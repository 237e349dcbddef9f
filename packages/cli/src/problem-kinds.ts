import type { ProblemKind } from '@loadpath/core'

/** Mistakes in a call of the command line, beside those that a design can have. */
export const callProblems: readonly ProblemKind[] = [
  {
    code: 'no-design',
    title: 'No design where one was named',
    meaning: 'There is no such file or folder, or the folder holds no `loadpath.yaml` and no `*.loadpath.yaml`.',
    remedy: 'Check the spelling and the folder you are in; `loadpath init` writes a first design.',
  },
  {
    code: 'several-designs',
    title: 'A folder that holds several designs',
    meaning: 'A folder stands for the one design in it. Here are several, and each could be meant.',
    remedy: 'Name the file.',
  },
  {
    code: 'unreadable-design',
    title: 'A file that cannot be read',
    meaning: 'The file is there, but the system does not let you read it, or it is no ordinary file.',
    remedy: 'Give yourself the right to read it, or name a file, a folder, or `-` for standard input.',
  },
  {
    code: 'unwritable-design',
    title: 'A file that cannot be rewritten',
    meaning: '`check --fix` has something to rewrite, and the system does not let it.',
    remedy: 'Give yourself the right to write the file and its folder, or make room on the disk.',
  },
  {
    code: 'stdin-twice',
    title: 'Standard input named twice',
    meaning: 'Standard input can be read once, so `-` can be only one of the designs.',
    remedy: 'Write the other designs to files.',
  },
  {
    code: 'cannot-fix-stdin',
    title: 'Standard input cannot be rewritten',
    meaning: '`check --fix` rewrites the file in its place, and standard input has none.',
    remedy: 'Name the file.',
  },
  {
    code: 'no-objectives',
    title: 'Nothing is promised',
    meaning: '`test` says whether objectives are kept, and this design has none.',
    remedy: 'Add a section such as `objectives: [ "availability >= 99.9%" ]`.',
  },
  {
    code: 'nothing-to-compare',
    title: 'Only one design to compare',
    meaning: '`compare` takes a design with variants, or several designs.',
    remedy: 'Give the design variants, or name a second design.',
  },
  {
    code: 'unwritable-report',
    title: 'A report that cannot be written',
    meaning:
      'The file named for a report cannot be created or written, or something would be lost if it were: it is read by the same call, or the answer or another report goes there.',
    remedy: 'Name a file of its own, in a folder that exists and that you may write to, on a disk with room.',
  },
  {
    code: 'unwritable-output',
    title: 'An answer that cannot be printed',
    meaning: 'Standard output leads to a file or device that takes nothing more: most often, its disk is full.',
    remedy: 'Make room, or send the output elsewhere.',
  },
  {
    code: 'unknown-word',
    title: 'A word that nothing explains',
    meaning: 'No block, policy, measure, problem, rule, key or word of the glossary bears this name.',
    remedy: '`loadpath explain` without a word lists them all.',
  },
  {
    code: 'unknown-template',
    title: 'A template that does not exist',
    meaning: '`init` writes one of a few designs to start from.',
    remedy: 'Use one of the names that are listed.',
  },
  {
    code: 'already-there',
    title: 'A file that is already there',
    meaning: '`init` and `claims new` write new files and never touch one that exists.',
    remedy: 'Name another folder or id, or move the file away.',
  },
  {
    code: 'unwritable-folder',
    title: 'A folder that cannot be written to',
    meaning: 'The folder cannot be created, or the system does not let you write into it.',
    remedy: 'Name another folder, or give yourself the right to write to this one.',
  },
  {
    code: 'unknown-objective',
    title: 'Unknown objective',
    meaning: '`--sensitivity` takes an objective of the design, or another one that its blocks and requests can have.',
    remedy: 'Use one of the objectives listed, or write one such as `p99 < 200ms`.',
  },
  {
    code: 'conflicting-questions',
    title: 'Two questions at once',
    meaning:
      '`simulate` answers one question a call: with `--capacity` or `--sensitivity` it prints that answer in place of the usual one, so that there is no report, trace or list of assumptions.',
    remedy: 'Ask for one of them at a time.',
  },
  {
    code: 'no-readme',
    title: 'No README to write into',
    meaning: '`test --write` puts what was measured between two marks in the README beside the design.',
    remedy: 'Add a `README.md` in the folder of the design, or leave `--write` out.',
  },
  {
    code: 'no-claims',
    title: 'No claims where they were looked for',
    meaning: 'Claims are folders in one folder, `claims` unless `--folder` names another, and there is none.',
    remedy: 'Name the folder of the claims with `--folder`, or begin one with `loadpath claims new`.',
  },
  {
    code: 'unknown-claim',
    title: 'A word that no claim answers to',
    meaning: 'Claims are named by their id, such as `lat-02`, by a concept that they stand for, or by their group.',
    remedy: 'Use an id or a concept of `claims/ATLAS.md`.',
  },
  {
    code: 'wrong-folder',
    title: 'A claim in a folder of another name',
    meaning: 'A claim is found by its id, which is the name of its folder; here the two differ.',
    remedy: 'Rename the folder, or correct the id in the head of its README.',
  },
  {
    code: 'no-concepts',
    title: 'No list of concepts',
    meaning: '`claims --atlas` shows what stands for every concept, and reads the concepts from `concepts.yaml`.',
    remedy: 'Put a `concepts.yaml` into the folder of the claims.',
  },
  {
    code: 'unreadable-trace',
    title: 'A trace that cannot be read',
    meaning: 'There is no such file, it is a folder, or the system does not let you read it.',
    remedy: 'Check the spelling and the folder you are in, or give yourself the right to read the file.',
  },
  {
    code: 'broken-trace',
    title: 'A compressed trace that is damaged',
    meaning: 'The file ends too early, its checksum is another, or it is no gzip or zstd although it begins like one.',
    remedy: 'Fetch it again; `gzip -t` or `zstd -t` tells whether it is whole.',
  },
  {
    code: 'unknown-compression',
    title: 'A compression that is not read here',
    meaning: 'gzip and zstd are read as they are, xz by the program `xz`; bzip2 is not.',
    remedy: 'Decompress on the way: `bzip2 -dc trace.bz2 | loadpath trace -`.',
  },
  {
    code: 'unknown-trace-format',
    title: 'A trace in a format that was not recognised',
    meaning: 'Formats are known by the ending of the file and by its first lines; none of them fits here.',
    remedy: 'Say which it is with `--format`; for columns, say also which is the key.',
  },
  {
    code: 'wrong-trace-format',
    title: 'A trace of another format than was said',
    meaning: 'Most lines cannot be read as entries of this format, so that what can be would tell nothing.',
    remedy: 'Give the right `--format`, with its columns or fields.',
  },
  {
    code: 'empty-trace',
    title: 'A trace without a request',
    meaning: 'The file is empty, or holds headings, separators and empty lines only.',
    remedy: 'Name another file.',
  },
  {
    code: 'nothing-to-cache',
    title: 'A trace of nothing but changes',
    meaning:
      'Every request does more than read: POST, PUT, DELETE and the like. No cache answers these, so that there is nothing to replay.',
    remedy:
      'Name a trace with GET or HEAD in it. Where such requests only read, a search by POST for example, cut out what is requested, a line each, and give `--format keys`.',
  },
  {
    code: 'sample-too-small',
    title: 'A sample of which nothing can be told',
    meaning:
      'A sample holds fewer than ten keys, so that not even its own error can be estimated; or no cache that was requested would have room for one of its entries.',
    remedy: 'Take a larger share of the keys, request larger caches, or leave `--sample` out.',
  },
  {
    code: 'no-room',
    title: 'A cache of less than a byte',
    meaning: 'Such a cache holds nothing, whatever is asked of it.',
    remedy: 'Give a capacity of at least `1B`, or in entries.',
  },
  {
    code: 'trace-too-long',
    title: 'A trace that is too long for what is asked',
    meaning:
      'Up to 50 million requests are kept in memory, and 33 million distinct keys. A longer file is read twice instead; standard input cannot be, and policies that know the future need all of it at once.',
    remedy: 'Take a sample of the keys: `--sample 0.01`.',
  },
  {
    code: 'no-sizes',
    title: 'A capacity in bytes for objects of unknown size',
    meaning:
      'A cache of so many bytes has to know how many each object takes, and this trace does not tell, or says that each takes none.',
    remedy: 'Give the capacity in entries, or say which column or field is the size.',
  },
  {
    code: 'sample-to-check',
    title: 'A check of a sample that was not taken',
    meaning: '`--check-sample` holds the answer from a sample against that of all keys.',
    remedy: 'Give `--sample 0.01` too, or leave `--check-sample` out.',
  },
]
