import { Lexer } from 'yaml'

/** Characters of a design, counted before anything is parsed. */
export const longestText = 1024 * 1024
export const deepest = 50
/** Characters of a key: all that is below it has it in its path. */
export const longestKey = 1000
export const mostAliases = 20
/** Values that all aliases together may expand to. */
export const mostAliasedValues = 10_000

/**
 * Where brackets or dashes nest too deeply, if anywhere. The lexer keeps no stack and stops here, so that hostile text
 * costs nothing; indentation is judged later, when the tree is walked.
 */
export function findTooDeep(text: string): number | undefined {
  let offset = 0
  let brackets = 0
  let dashes = 0
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets += 1
    else if (token === ']' || token === '}') brackets -= 1
    else if (token === '-' || token === '?') dashes += 1
    else if (token.includes('\n')) dashes = 0
    if (brackets > deepest || dashes > deepest) return offset
    if (!isMark(token)) offset += token.length
  }
  return undefined
}

/** Tokens that stand for a state of the lexer and not for text. */
function isMark(token: string): boolean {
  return token === '\u0002' || token === '\u0018' || token === '\u001f'
}
