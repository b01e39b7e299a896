import { isKnownId } from './known-ids.ts'
import type { Span } from './spans.ts'

/*
 * Secrets as people put them into a conversation, beyond those with a name and a link before them: in addresses and
 * commands, beside the word "password" without an "is", and codes that a sentence speaks about.
 */

/** No code and no password beside a word is without one, and most messages are. */
const DIGIT = /\d/

const ADDRESS = /(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,80}:([^\s/?#"'<>]{1,200})@/gi
const COMMAND =
  /(?<=[\s`])(?:(?:-u|--user|--proxy-user|-U)[ =]["']?[^\s:"'`]{1,80}:|(?:sshpass[ \t]{1,3}-p|--password|--pass)[ =]["']?)([^\s"'`]{3,100})/g
/** Glued to its option: `mysql -u root -psecret`. */
const GLUED = /(?<![A-Za-z0-9_])(?:mysql|mariadb)(?:dump|admin|import)?(?=\s)[^\n|;]{0,160}?\s-p([^\s"'`]{3,100})/g
const ORACLE = /jdbc:oracle:[a-z]{2,8}:[^\s/@:]{1,80}\/([^\s@]{1,100})@/g

/** `postgres://user:secret@host`, `curl -u user:secret`, `mysql -psecret`. */
export function detectAddressPasswords(text: string): Span<'password'>[] {
  const spans: Span<'password'>[] = []
  const hasAt = text.includes('@')
  if (hasAt && text.includes('://')) addPasswords(spans, text, ADDRESS)
  if (hasAt && text.includes('jdbc:oracle:')) addPasswords(spans, text, ORACLE)
  if (hasOption(text)) {
    addPasswords(spans, text, COMMAND)
    if (/mysql|mariadb/.test(text)) addPasswords(spans, text, GLUED)
  }
  return spans
}

/** Something begins with a hyphen, as the options of commands do. */
export const hasOption = (text: string): boolean => /[\s`]-/.test(text)

function addPasswords(spans: Span<'password'>[], text: string, pattern: RegExp): void {
  const behind = pattern === ADDRESS || pattern === ORACLE ? 1 : 0
  for (const match of text.matchAll(pattern)) {
    const value = match[1] ?? ''
    const end = match.index + match[0].length - behind
    if (!isPlaceholder(value)) spans.push({ start: end - value.length, end, kind: 'password' })
  }
}

/** `$TOKEN`, `<password>`, `***`, `[secret:password]`. */
function isPlaceholder(value: string): boolean {
  return /^(?:[$<{[%].*|[*•x.]+|(?:your[-_]?)?(?:password|secret|pass|token)|REDACTED)$/i.test(value)
}

const HOUSE_KEY =
  /(?<![A-Za-z0-9_])[a-z]{2,12}_(?:live|test|prod|secret|sk|key|pat)_(?=[A-Za-z0-9]{0,60}\d)[A-Za-z0-9]{12,}/g

/** `nl_live_…`: the way in which most services name their keys, whoever they are. */
export function detectHouseKeys(text: string): Span<'api_key'>[] {
  if (!DIGIT.test(text)) return []
  return [...text.matchAll(HOUSE_KEY)].map(({ 0: key, index }) => ({
    start: index,
    end: index + key.length,
    kind: 'api_key',
  }))
}

const NOUN =
  'passwords?|passwd|passcode|passphrase|pwd|pass|pw|κωδικ[οό]ς?|συνθηματικ[οό]|[kc]wdiko[si]?|[kc]odiko[si]?|synthimatiko|sinthimatiko'
/** A word with one slip of the finger behind its first letter. */
function withSlip(word: string): string {
  const forms = new Set<string>()
  for (let i = 1; i < word.length; i += 1) {
    const [before, here, after] = [word.slice(0, i), word.charAt(i), word.slice(i + 1)]
    forms
      .add(before + after)
      .add(`${before}\\p{L}${after}`)
      .add(`${before}\\p{L}${here}${after}`)
    if (after !== '') forms.add(before + after.charAt(0) + here + after.slice(1))
  }
  return [...forms].join('|')
}

const MISSPELT = ['password', 'κωδικος', 'kwdikos', 'kodikos'].map(withSlip).join('|')
const OWNER = '(?:[ \\t]{1,2}(?:mou|mas|μου|μας|here|εδώ|of mine))?'
const BESIDE = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:${NOUN}|${MISSPELT})${OWNER}(?:[ \\t]{1,2}(?:is|was|είναι|ειναι|einai))?["'»)]?[ \\t]{0,2}[,(:=]?[ \\t]{1,3}["'«“\`(]?([^\\s"'«»“”\`]{6,64})`,
  'giu',
)
const ACCOUNT =
  '(?:log[ -]?in|sign[ -]?in|credentials|creds|username|user|account|στοιχεία|στοιχεια|χρήστης|χρηστης|stoixeia|xristis)'
const PAIR = new RegExp(
  `(?<![\\p{L}\\p{N}_])${ACCOUNT}(?![\\p{L}\\p{N}_])[^\\n/]{0,60}?[ \\t:]\\S{1,80}[ \\t]{0,2}/[ \\t]{0,2}([^\\s"'«»“”\`]{6,64})`,
  'giu',
)
const BEHIND = new RegExp(
  `(?<![^\\s"'«“\`(])([^\\s"'«»“”\`(]{6,64}(?:['’][^\\s"'«»“”\`(]{1,64})?)["'»”\`)]?,?[ \\t]{1,3}(?:is|was|as|same as|the same as|είναι|ειναι|einai|για|gia)[ \\t](?:[\\p{L}]{1,10}[ \\t]){0,3}?(?:${NOUN}|log-?in)(?![\\p{L}\\p{N}_])`,
  'giu',
)

/** In quotation marks it may have blanks. */
const QUOTED = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:${NOUN})${OWNER}[ \\t]{0,2}[,(:=]?[ \\t]{0,3}["«“](?=[^"»”\\n]{0,60}\\d)([^"»”\\n]{6,64})["»”]`,
  'giu',
)

/** "Password Blue-Kettle-77!", "user bob / Blue-Kettle-77!", "Blue-Kettle-77! is my password". */
export function detectBarePasswords(text: string): Span<'password'>[] {
  if (!DIGIT.test(text)) return []
  return [BESIDE, PAIR, BEHIND, QUOTED].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const said = match[1] ?? ''
      const value = said.replace(/[.,;:?)]+$/, '')
      if (pattern !== QUOTED && !looksChosen(value)) return []
      const start = match.index + (pattern === BEHIND ? match[0].indexOf(said) : match[0].lastIndexOf(said))
      return [{ start, end: start + value.length, kind: 'password' as const }]
    }),
  )
}

/** Letters and digits, and either a sign between them or both sizes of letters: nobody writes a word like that. */
function looksChosen(value: string): boolean {
  if (!/\p{L}/u.test(value) || !/\d/.test(value) || isKnownId(value) || /^(?:https?:|\[|<|\$)|@\S+\.\w/.test(value))
    return false
  if (
    /^[\d.,:/-]+(?:am|pm|mb|gb|kb|st|nd|rd|th|h|s|ms|%)?$/i.test(value) ||
    /^(?:oauth|sso|2fa|sha|base|utf|v|http|tls|ipv)[\d./-]/i.test(value)
  )
    return false
  return /[^\p{L}\d.,'’()/]/u.test(value) || (/\p{Ll}/u.test(value) && /\p{Lu}/u.test(value))
}

const OTHER_CODE =
  /(?:er{1,4}or|status|http|zip|postal|post|country|area|response|exit|promo|discount|coupon|voucher|order|product|reference|source|qr|σφάλματος|σφαλματος|παραγγελίας|κατάστασης|ταχυδρομικός|ταχυδρομικος|sfalmatos|paraggelias|the source|my)[ \t]{0,3}$/iu
const TOLD =
  '(?:you|they|that|which|i|we|it|just|was|were|texted|sent|emailed|got|get|received|came|arrived|me|us|to|by|via|on|in|from|the|my|sms|text|phone|mobile|mail|e-?mail|app|authenticator|says|που|μου|μας|σας|ήρθε|ηρθε|ήρθαν|έστειλε|εστειλε|έστειλαν|στείλατε|στειλατε|έλαβα|ελαβα|πήρα|πηρα|στο|σε|με|κινητό|κινητο|μήνυμα|μηνυμα|μιας|χρήσης|χρησης|pou|mou|mas|hrthe|irthe|rthe|esteile|esteilan|steilate|elava|elaba|phra|pira|sto|se|me|kinito|minima|mhnyma|mias|xrisis|xrhshs|chrisis)'
const CODE_IS = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:code|pin|otp|κωδικ[οό]ς?|[kc]wdiko[si]?|[kc]odiko[si]?)(?:[ \\t]{1,2}${TOLD}){1,9}[ \\t,]{0,3}(?:is|was|:|=|είναι|ειναι|ήταν|einai|ine|itan)?[ \\t:"'«]{1,3}(\\d{3}[ -]\\d{3}|\\d{4,8})(?![\\d.,:/_-]*\\d)`,
  'giu',
)
const CODE_NEAR =
  /(?<![\p{L}\p{N}_])(?:code|otp|κωδικ[οό]ς?|[kc]wdiko[si]?|[kc]odiko[si]?)((?:[ \t]{1,2}[\p{L}\d'’]{1,16}){1,5})[ \t:,]{1,3}(\d{3}[ -]?\d{3})(?![\d.,:/_-]*\d|[\p{L}])/giu
const NO_LOG_IN =
  /error|status|http|σφ[αά]λμ|sfalm|πελ[αά]τη|pelath|pelati|customer|client|order|invoice|ticket|member|παραγγελ|paraggel|τιμολ|timol|line|γραμμή|count|times|users/iu
const IS_CODE =
  /(?<![\d.,:/_-])(\d{3}[ -]\d{3}|\d{4,8})["'»]?,?[ \t]{1,2}(?:is|was|είναι|ειναι|einai)[ \t](?:the|my|ο|o|to)[ \t](?:\p{L}{2,14}[ \t]){0,2}?(?:code|otp|pin|κωδικ[οό]ς?|[kc]wdikos|[kc]odikos)(?![\p{L}\p{N}_])/giu

/** "The code you texted me is 604 118", "771903 is the code". */
export function detectToldCodes(text: string): Span<'one_time_code'>[] {
  if (!DIGIT.test(text)) return []
  return [CODE_IS, CODE_NEAR, IS_CODE].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const digits = match[2] ?? match[1] ?? ''
      if (match[2] !== undefined && NO_LOG_IN.test(match[1] ?? '')) return []
      const start = match.index + match[0].lastIndexOf(digits)
      if (OTHER_CODE.test(text.slice(Math.max(0, match.index - 24), match.index))) return []
      return [{ start, end: start + digits.length, kind: 'one_time_code' as const }]
    }),
  )
}

const HASH_LABEL =
  /(?:commit|sha-?\d{0,3}|md5|checksum|hash|digest|etag|revision|fingerprint|άθροισμα ελέγχου|αθροισμα ελεγχου|athroisma)\P{L}{0,4}(?:\p{L}{1,10}[ \t]){0,2}\P{L}{0,3}$/iu
const LINK_SLUG = /^g-[A-Za-z0-9]{6,40}(?:-[a-z0-9]{1,30}){1,12}$/

/** A commit, a checksum and the speaking end of a link look random and open nothing. */
export function isHarmlessRun(text: string, { start, end }: Pick<Span<string>, 'start' | 'end'>): boolean {
  const value = text.slice(start, end)
  if (/^[0-9a-f]{32,128}$/i.test(value)) return HASH_LABEL.test(text.slice(Math.max(0, start - 48), start))
  const named = /^[\w-]*(?:request|trace|correlation|organi[sz]ation|org|project)[\w-]*=(.+)$/i.exec(value)?.[1]
  if (named !== undefined && isKnownId(named)) return true
  const last = value.slice(value.lastIndexOf('/') + 1)
  return LINK_SLUG.test(last)
}
