import { isPlaceholder, isWordy } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { kindOfName } from './names.ts'
import { cleanUrl } from './url.ts'

/**
 * What a challenge is made of: a token of a handshake, a parameter with its value, a text in quotes that belongs to none, and words,
 * of which the schemes are some.
 */
const PART =
  /[\w+/.~-]{1,16384}={1,2}(?=[\s,]|$)|([\w!#$&'*+.^`|~-]{1,60})(\s{0,4}=\s{0,4})("[^"\\]*(?:\\[^][^"\\]*)*"?|\[[^\]\s]{1,80}\]|[^\s",]*)|"[^"\\]*(?:\\[^][^"\\]*)*"?|\[[^\]\s]{1,80}\]|[^\s,="]+/g

/** How to sign in: the schemes, the realm and what went wrong stay, what a client would answer with goes. */
export function cleanChallenge(value: string, cleaner: Cleaner): string {
  return value.replace(PART, (...groups: (string | undefined)[]) => {
    const [part = '', name, equals = '', text = ''] = groups
    if (name === undefined) return cleanWord(part, cleaner)
    const isQuoted = text.startsWith('"')
    const end = isQuoted && text.length > 1 && text.endsWith('"') ? text.length - 1 : text.length
    const words = text.slice(isQuoted ? 1 : 0, end)
    const clean = words === '' || isPlaceholder(words) ? words : cleanParameter(name.toLowerCase(), words, cleaner)
    return `${cleanName(name, cleaner)}${equals}${isQuoted ? '"' : ''}${clean}${text.slice(end)}`
  })
}

const LONGEST_WORD = 24

function cleanWord(part: string, cleaner: Cleaner): string {
  const word = part.replace(/=+$/, '')
  const isScheme = word.length <= LONGEST_WORD && isWordy(word)
  return isScheme || isPlaceholder(part) ? part : cleaner.secretInUrl('token', 'token', part)
}

function cleanName(name: string, cleaner: Cleaner): string {
  return name.length <= LONGEST_WORD && isWordy(name) ? name : cleaner.secretInUrl('other', 'name', name)
}

const PLAIN = new Set(
  'algorithm charset qop stale userhash error scope token_type token_types service max_age acr_values'.split(' '),
)
const WORDS = new Set(['realm', 'error_description'])
const ADDRESSES = new Set(
  'as_uri authorization_uri authz_uri error_uri resource resource_metadata domain trusted_issuers uri'.split(' '),
)
const ANSWERED_WITH = new Set([
  'nonce',
  'nextnonce',
  'cnonce',
  'opaque',
  'ticket',
  'rspauth',
  'response',
  'challenge',
  'token',
])

function cleanParameter(name: string, words: string, cleaner: Cleaner): string {
  if (ANSWERED_WITH.has(name)) return cleaner.secretInUrl('token', 'nonce', words)
  if (PLAIN.has(name)) return cleaner.netForId(words)
  if (ADDRESSES.has(name)) return words.replace(/(?:\[[^\]]{1,80}\]|[^\s,])+/g, (address) => cleanUrl(address, cleaner))
  if (WORDS.has(name)) return words.includes('://') ? cleanUrl(words, cleaner) : cleaner.net(words)
  const kind = kindOfName(name)
  return cleaner.secretInUrl(kind ?? 'other', kind ?? 'value', words)
}
