import type { Span } from './spans.ts'

/**
 * Passwords and one-time codes in sentences, in English, Greek and Greek written in Latin letters.
 * A secret needs a noun ("password", «κωδικός», "kwdikos"), a link ("is", "=", «είναι») and a value that is no ordinary word.
 */

const GREEK_FILLER =
  '(?:μου|μας|του|της|τους|χρήστη|χρηστη|πρόσβασης|προσβασης|εισόδου|εισοδου|σύνδεσης|συνδεσης|λογαριασμού|λογαριασμου)'
const GREEKLISH_FILLER = '(?:mou|mas|tou|tis|prosvasis|eisodou|isodou|sindesis|syndesis|logariasmou)'
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

const ORDINARY = new Set(
  `not no now wrong right correct incorrect invalid valid expired expiring expire required reset changed being been still too
  also always never the a an in on it its so very just only safe secure secret missing blank empty weak strong short long
  forgotten lost known unknown unchanged same different old new fine ok okay working accepted rejected refused denied locked
  blocked saved stored hidden visible shown masked compromised leaked stolen asked needed wanted set there here this that what
  which where when why how and or but if then because good bad broken failing failed saying says doesn't doesnt didn't didnt
  don't dont isn't isnt won't wont can't cant cannot i we they he she you my your our their does do did has have had will would
  should could can may might must please help reset recovery change field manager policy page link email mail login true false
  null none yes protected encrypted hashed case-sensitive optional mandatory default temporary temp sent
  λάθος λαθος λανθασμένος λανθασμενος λανθασμένο σωστός σωστος σωστό σωστο άκυρος ακυρος άκυρο μη ληγμένος ληγμενος έγκυρος
  εγκυρος ίδιος ιδιος ίδιο νέος νεος νέο παλιός παλιος παλιό κενός κενό κενο ο η το οι τα ένας ενας ένα ενα αυτός αυτος αυτό
  δεν δε πολύ πολυ μικρός μεγάλος ασφαλής ασφαλες γνωστός άγνωστος απαραίτητος υποχρεωτικός αλλαγμένος χαμένος κλειδωμένος
  σε στο στη στην για να πως ότι οτι και ή που πού εδώ εκεί ακόμα ακόμη πάντα ποτέ προσωρινός προσωρινό
  lathos lathοs sostos swstos akyros akiros idios neos palios keno kenos den de poli poly gia na pos oti kai edo eki`
    .trim()
    .split(/\s+/),
)

export function detectPasswordPhrases(text: string): Span<'password'>[] {
  const spans: Span<'password'>[] = []
  for (const match of text.matchAll(NOUN_AND_LINK)) {
    const value = readValue(text, match.index + match[0].length)
    if (value === undefined) continue
    const word = text.slice(value.start, value.end)
    if (value.quoted ? word.length >= 3 : isPassword(word, match[1] ?? '')) {
      spans.push({ start: value.start, end: value.end, kind: 'password' })
    }
  }
  return spans
}

function isPassword(word: string, link: string): boolean {
  if (word.length < 3 || ORDINARY.has(word.toLowerCase())) return false
  if (word.startsWith('[') || /^https?:/i.test(word)) return false
  const hasOddCharacter = /[^\p{L}'’-]/u.test(word) || /\p{Ll}\p{Lu}/u.test(word)
  const isAssigned = /[=:>→]/.test(link)
  return hasOddCharacter || isAssigned || !/(?:ing|ed|ly)$/i.test(word)
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
