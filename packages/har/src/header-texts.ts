import { decodePercent, findPlaceholders, isPlaceholder, isWordy } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { isIdName, isIdValue, kindOfName } from './names.ts'
import { cleanUrl } from './url.ts'
import { isPersonWord } from './url-path.ts'

const MAX_ROUNDS = 3

/** What went wrong, in words. gRPC writes them percent-encoded, which hides what is in them from patterns. */
export function cleanErrorWords(value: string, cleaner: Cleaner): string {
  if (cleaner.policy === 'strict') return cleaner.deny('other', 'message', value)
  let plain = value
  for (let round = 0; round < MAX_ROUNDS && plain.includes('%'); round += 1) plain = decodePercent(plain)
  const clean = hideMixedWords(cleaner.net(plain), cleaner)
  cleaner.kept('error_text')
  return clean === plain ? value : clean
}

/** A word of letters and digits that is long for a code and no name. Ids are told by the words before them. */
const LONG_WORD = /(?<![\w./-])[A-Za-z0-9_-]{12,19}(?![\w./-])/g
const NUMBER_OR_DATE = /^[\d-]+$/
const LABEL = /(?:request|trace|correlation|span|ray|event)[\s_-]{0,2}(?:id)?["']?\s{0,3}[:=]?\s{0,3}["']?$/i

function hideMixedWords(text: string, cleaner: Cleaner): string {
  const ours = findPlaceholders(text)
  return text.replace(LONG_WORD, (word, at: number) => {
    if (!/\d/.test(word) || NUMBER_OR_DATE.test(word) || isWordy(word)) return word
    if (ours.some(({ start, end }) => start <= at && at < end)) return word
    return LABEL.test(text.slice(Math.max(0, at - 24), at)) ? word : cleaner.secretInUrl('token', 'value', word)
  })
}

/** `1.1 varnish (Varnish/6.0), 2.0 10.1.2.3 (squid/6.1)`: what a comment assigns is somebody's, a name and a version are not. */
export function cleanVia(value: string, cleaner: Cleaner): string {
  const clean = value.replace(VIA_PART, (part) =>
    part.startsWith('(') ? cleanComment(part, cleaner) : cleanHops(part, cleaner),
  )
  return cleaner.netForId(clean)
}

const VIA_PART = /\([^)]{0,2000}\)?|[^(]+/g

function cleanComment(part: string, cleaner: Cleaner): string {
  const end = part.endsWith(')') ? part.length - 1 : part.length
  const words = part.slice(1, end)
  const isProduct = /^[\w./+: -]{0,80}$/.test(words) && words.split(/[\s/]/).every(isShortOrWordy)
  return isProduct || isPlaceholder(words) ? part : `(${cleaner.deny('other', 'comment', words)}${part.slice(end)}`
}

function isShortOrWordy(word: string): boolean {
  return word.length < 12 || isWordy(word)
}

/** A protocol and a host each; some name the cache in brackets. */
function cleanHops(part: string, cleaner: Cleaner): string {
  return part.replace(/\[[^\]\s]{1,80}\]|[^\s,]{0,64}[=@?][^\s,]{0,400}/g, (word) =>
    word.startsWith('[') ? word : cleaner.secretInUrl('other', 'value', word),
  )
}

/** `db;dur=53.2;desc="Read from the replica"`: what a metric says is kept unless its name tells of somebody. */
export function cleanServerTiming(value: string, cleaner: Cleaner): string {
  let name = ''
  const clean = value.replace(METRIC_PART, (...groups: (string | undefined)[]) => {
    const [part = '', metric, start, text = ''] = groups
    if (metric !== undefined) name = metric.toLowerCase()
    if (start === undefined) return part
    const isQuoted = text.startsWith('"')
    const end = isQuoted && text.length > 1 && text.endsWith('"') ? text.length - 1 : text.length
    const words = text.slice(isQuoted ? 1 : 0, end)
    return `${start}${isQuoted ? '"' : ''}${cleanMetric(name, words, cleaner)}${text.slice(end)}`
  })
  return cleaner.netForId(clean)
}

/** The name of a metric behind a comma or a line break; a parameter with its text. */
const METRIC_PART =
  /(?:^|[,\n])\s{0,8}([\w!#$%&'*+.^`|~-]{1,60})|(;\s{0,8}[\w-]{1,40}\s{0,8}=\s{0,8})("[^"\\]*(?:\\[^][^"\\]*)*"?|\[[^\]\s]{1,80}\]|[^\s;,"]*)/gi

function cleanMetric(name: string, words: string, cleaner: Cleaner): string {
  if (words === '' || isPlaceholder(words)) return words
  const kind = kindOfName(name)
  if (kind !== undefined || isPersonWord(name))
    return cleaner.secretInUrl(kind ?? 'personal', kind ?? 'personal', words)
  if (isIdName(name) && isIdValue(words)) return cleaner.netForId(words)
  if (words.startsWith('?'))
    return `?${words
      .slice(1)
      .split('&')
      .map((pair) => cleanMeasure(pair, cleaner))
      .join('&')}`
  const isPlain = words.length <= 200 && words.split(/[\s&=?,;:]+/).every(isShortOrWordy)
  return isPlain ? cleaner.net(words) : cleaner.secretInUrl('other', 'value', words)
}

/** `rtt=1200&cid=9f8e7d6c5b4a3210`: how a connection fares is told as a query. */
function cleanMeasure(pair: string, cleaner: Cleaner): string {
  const equals = pair.indexOf('=') + 1
  const value = pair.slice(equals)
  const name = pair.slice(0, Math.max(0, equals - 1))
  const isTelling = kindOfName(name) !== undefined || isPersonWord(name.toLowerCase())
  const isMeasure = /^\d{1,15}(?:\.\d{1,6})?$/.test(value) || isShortOrWordy(value)
  return isMeasure && !isTelling ? pair : pair.slice(0, equals) + cleaner.secretInUrl('other', 'value', value)
}

/** `host:8080/share/*`: a host or a service, and the route that was taken. */
export function cleanRoute(value: string, cleaner: Cleaner): string {
  const slash = value.indexOf('/')
  if (slash < 0 || value.includes('://')) return slash < 0 ? cleaner.netForId(value) : cleanUrl(value, cleaner)
  return cleaner.netForId(value.slice(0, slash)) + cleanUrl(value.slice(slash), cleaner)
}
