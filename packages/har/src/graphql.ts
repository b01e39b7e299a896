import type { Cleaner } from './cleaner.ts'
import { kindOfName } from './names.ts'
import { hideRandomRuns } from './random-runs.ts'

const MAX_DOCUMENT = 1 << 18
const DOCUMENT =
  /^\s{0,200}(?:#[^\n]{0,200}\n\s{0,200})?(?:(?:query|mutation|subscription|fragment)\b[^{]{0,2000}\{|\{\s{0,40}[A-Za-z_][\w]{0,80}\s{0,8}[\s({:])/

/** A text, a block text, a comment, a number, or a name with its colon; anything else of a document is code. */
const LITERAL =
  /"""([^"\\]*(?:(?:\\[^]|"(?!""))[^"\\]*)*)(?:"""|$)|"([^"\\\n]*(?:\\.[^"\\\n]*)*)"?|(#)([^\n]*)|(?<![\w$])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\w)|([A-Za-z_]\w*)(?=\s{0,8}:)/g

/** Cleans a GraphQL document: operation, fields and types stay, literals go. Undefined when it is none. */
export function cleanGraphql(text: string, cleaner: Cleaner): string | undefined {
  if (text.length > MAX_DOCUMENT || !DOCUMENT.test(text)) return undefined
  let name = ''
  const clean = text.replace(LITERAL, (...groups: (string | undefined)[]) => {
    const [whole = '', block, line, hash, comment = '', key] = groups
    if (key !== undefined) {
      name = key
      return key
    }
    if (block !== undefined) return `"""${cleanLiteral(block, name, cleaner)}"""`
    if (line !== undefined) return `"${cleanLiteral(line, name, cleaner)}"`
    if (hash !== undefined) return comment.trim() === '' ? whole : `# ${cleanLiteral(comment.trim(), '', cleaner)}`
    return Math.abs(Number(whole)) < 1_000 ? whole : hideNumber(whole, cleaner)
  })
  cleaner.kept('operation_name')
  return cleaner.netForId(hideRandomRuns(clean, cleaner))
}

function cleanLiteral(value: string, name: string, cleaner: Cleaner): string {
  const kind = kindOfName(name)
  if (kind !== undefined) return cleaner.secret(kind, kind, value)
  cleaner.learnFrom(value)
  return cleaner.deny('body', 'string', value)
}

function hideNumber(value: string, cleaner: Cleaner): string {
  cleaner.deny('body', 'number', value)
  return '0'
}
