import { script } from '@bomb.sh/tab'
import { commandLine } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'

export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell'

/** Defines a function of the bash-completion package for shells without that package. */
const wordsWithoutPackage = `if ! declare -F _get_comp_words_by_ref > /dev/null; then
  _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD - 1]}
  }
fi
`

/** Prints the completion script of a shell, which calls `loadpath complete`. */
export function runCompletion(this: LoadpathContext, _flags: object, shell: Shell): void {
  if (shell === 'bash') this.process.stdout.write(wordsWithoutPackage)
  script(shell, 'loadpath', programOf(this.process))
}

/** How the script calls this program: through npx, no `loadpath` is on the path of the shell, so by its file. */
function programOf({ env, execPath, argv }: LoadpathContext['process']): string {
  const file = argv[1]
  const isThroughNpx = env.npm_command === 'exec' || env.npm_lifecycle_event === 'npx'
  return isThroughNpx && file !== undefined ? commandLine([execPath, file]) : 'loadpath'
}
