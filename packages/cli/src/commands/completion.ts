import { script } from '@bomb.sh/tab'
import type { LoadpathContext } from '../context.ts'

export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell'

/** What the script calls, for shells without the package that brings it. */
const wordsWithoutPackage = `if ! declare -F _get_comp_words_by_ref > /dev/null; then
  _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD - 1]}
  }
fi
`

/** Prints what a shell has to read so that it asks `loadpath complete` for what could come next. */
export function runCompletion(this: LoadpathContext, _flags: object, shell: Shell): void {
  if (shell === 'bash') this.process.stdout.write(wordsWithoutPackage)
  script(shell, 'loadpath', 'loadpath')
}
