import { type Beside, isOrdinary } from './ordinary-words.ts'
import type { Span } from './spans.ts'

/**
 * Passwords and one-time codes in sentences, in English, Greek and Greek written in Latin letters.
 * A secret needs a noun ("password", «κωδικός», "kwdikos"), a link ("is", "=", «είναι») and a value that is no ordinary word.
 */

const GREEK_FILLER =
  '(?:μου|μας|σου|σας|του|της|τους|χρήστη|χρηστη|πρόσβασης|προσβασης|εισόδου|εισοδου|σύνδεσης|συνδεσης|λογαριασμού|λογαριασμου)'
const GREEKLISH_FILLER = '(?:mou|mas|sou|sas|tou|tis|prosvasis|eisodou|isodou|sindesis|syndesis|logariasmou)'
const ENGLISH_FILLER =
  '(?:for|to|of|on|the|my|our|this|that|account|login|log|in|sign|email|user|admin|site|app|here|now|currently|[a-z0-9.-]{1,20})'

/** A noun followed by at most four filler words, then the link. Spaces are bounded, so a long blank cannot slow it down. */
const NOUN_AND_LINK = new RegExp(
  [
    `(?<![\\p{L}\\p{N}_])(?:`,
    `(?:password|passwd|passphrase|passcode|pass ?word|pwd|pass|pw|pin)(?:[ \\t]{1,3}${ENGLISH_FILLER}){0,4}?`,
    `|(?:κωδικ[οό]ς?|κωδικο[ιί]|κωδικ[οό]|συνθηματικ[οό]|πασγουορντ|passwords?)(?:[ \\t]{1,3}${GREEK_FILLER}){0,3}`,
    `|(?:[kc]wdik(?:os|o|oi)|[kc]odik(?:os|o|oi)|sinthimatiko|synthimatiko)(?:[ \\t]{1,3}${GREEKLISH_FILLER}){0,3}`,
    `)[ \\t]{0,3}(is now|is|was|are|will be|είναι|ειναι|ήταν|ηταν|einai|eine|ine|itan|->|=>|=|:|→)[ \\t]{0,3}[:=]?[ \\t]{0,3}`,
  ].join(''),
  'giu',
)

export function detectPasswordPhrases(text: string): Span<'password'>[] {
  return [...text.matchAll(NOUN_AND_LINK)].flatMap((match) => {
    const before = text.slice(Math.max(0, match.index - 8), match.index)
    const value = readPassword(text, {
      said: match[0],
      link: match[1] ?? '',
      before,
      at: match.index + match[0].length,
    })
    return value ? [{ ...value, kind: 'password' as const }] : []
  })
}

/** "The password I was given is …": a link may follow on an ordinary word. */
const NEXT_LINK = /^[ \t]{1,3}(is|was|είναι|ειναι|einai)[ \t]{1,3}/iu

type Read = Pick<Beside, 'said' | 'link' | 'before'> & { at: number; isNext?: boolean }

function readPassword(text: string, read: Read): { start: number; end: number } | undefined {
  const value = readValue(text, read.at)
  if (value === undefined) return undefined
  const { start, end, quoted } = value
  const word = text.slice(start, end)
  const after = text.slice(end, end + 24)
  if (quoted ? word.length >= 3 : isPassword({ ...read, word, after })) return { start, end }
  const next = read.isNext ? null : NEXT_LINK.exec(after)
  if (next === null) return undefined
  return readPassword(text, { ...read, link: next[1] ?? '', at: end + next[0].length, isNext: true })
}

function isPassword(beside: Beside): boolean {
  const { word } = beside
  if (word.length < 3 || word.startsWith('[') || /^https?:/i.test(word)) return false
  return !isOrdinary(beside)
}

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '«': '»',
  '“': '”',
  '‘': '’',
  '„': '“',
}

function readValue(text: string, at: number): { start: number; end: number; quoted: boolean } | undefined {
  const close = QUOTES[text.charAt(at)]
  if (close !== undefined) {
    const end = text.slice(at + 1, at + 130).search(close === "'" ? /'(?![\p{L}\p{N}])/u : new RegExp(close))
    if (end > 0) return { start: at + 1, end: at + 1 + end, quoted: true }
  }
  let end = at
  while (end < text.length && end - at < 256 && !/\s/.test(text.charAt(end))) end += 1
  const trimmed = text.slice(at, end).replace(/[.,;:!?)\]}·»”"']{1,8}$/, (tail) => (/^[!?]+$/.test(tail) ? tail : ''))
  return trimmed === '' ? undefined : { start: at, end: at + trimmed.length, quoted: false }
}

/** Words that make a number near "code" something else than a one-time code. */
const OTHER_CODE =
  /(?:error|status|http|zip|postal|post|country|area|response|exit|promo|discount|order|product|reference|close|source|qr|σφάλματος|σφαλματος|παραγγελίας|κατάστασης|ταχυδρομικός|ταχυδρομικος|τ\.κ\.?|sfalmatos|paraggelias)[ \t]{0,3}$/iu

const CODE_NOUN =
  /(?<![\p{L}\p{N}_])(?:(otp|2fa|mfa|totp|one[- ]time|verification|security|authenticator|authentication|sms|login|sign-?in|confirmation|μιας χρήσης|μιας χρησης|μίας χρήσης|mias xrisis|mias chrisis|επαλήθευσης|επαληθευσης|επιβεβαίωσης|ασφαλείας|epalithefsis)|code|κωδικ[οό]ς?|[kc]wdikos|[kc]odikos)(?![\p{L}\p{N}_])/giu

const DIGITS = /(?<![\d.,:/_-])\d{3}[ -]\d{3,4}(?![\d.,:/_-]*\d)|(?<![\d.,:/_-])\d{4,8}(?![\d.,:/_-]*\d)/g

/** How far after the noun the digits may stand. */
const REACH = 40

export function detectOneTimeCodes(text: string): Span<'one_time_code'>[] {
  if (!/\d/.test(text)) return []
  const spans: Span<'one_time_code'>[] = []
  for (const match of text.matchAll(CODE_NOUN)) {
    if (OTHER_CODE.test(text.slice(Math.max(0, match.index - 24), match.index))) continue
    const isNamed = match[1] !== undefined
    const from = match.index + match[0].length
    const window = text.slice(from, from + REACH).split(/[\n.!?;](?:\s|$)/, 1)[0] ?? ''
    for (const digits of window.matchAll(DIGITS)) {
      const between = window.slice(0, digits.index)
      if (!isNamed && (!isLinked(between) || digits[0].replace(/\D/g, '').length < 6)) continue
      if (isNamed && !/^[^\d]{0,30}$/.test(between)) continue
      if (/error|status|http|σφάλμα|sfalma/i.test(between)) continue
      spans.push({ start: from + digits.index, end: from + digits.index + digits[0].length, kind: 'one_time_code' })
      break
    }
  }
  return spans
}

function isLinked(between: string): boolean {
  return /^[ \t]{0,3}(?:μου|mou|i got|i received|that i got)?[ \t]{0,3}(?:is|was|:|=|είναι|ειναι|einai|ine)?[ \t:]{0,3}$/iu.test(
    between,
  )
}

const NAMED_CODE =
  /(?<![\p{L}\p{N}_])(?:otp|totp|2fa|mfa|pin|one[- ]time (?:code|password|passcode)|(?:your|verification|security|authentication|authenticator|sms|log-?in|sign-?in|confirmation) (?:code|pin)|κωδικ[οό]ς? (?:επαλήθευσης|επιβεβαίωσης|ασφαλείας|μίας χρήσης))(?:[ \t:=#"'«]|(?:code|is|was|είναι)(?=[ \t:])){1,4}(\d{3}[ -]\d{3}|\d{4,8})(?![\d.,:/_-]*\d|\p{L})/giu

/** "otp 482913 expired", "your code is 482913": codes that are called so, in texts that programs write. */
export function detectNamedCodes(text: string): Span<'code'>[] {
  return [...text.matchAll(NAMED_CODE)].map(({ 0: whole, 1: digits = '', index }) => {
    const end = index + whole.length
    return { start: end - digits.length, end, kind: 'code' }
  })
}
