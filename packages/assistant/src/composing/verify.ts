import { maskSecretsInMessage } from '@clew/redact'
import { detectLanguage, fold, type Locale, stem, tokenise } from '@clew/text'

/** One sentence as a model wrote it, with the passages that it says it rests on. */
export type Sentence = { text: string; cites: readonly string[] }

/** What the sentence may rest on: the passages found in this turn, what the person wrote, and our own hosts. */
export type Ground = {
  passages: ReadonlyMap<string, string>
  /** The person's own words in this conversation; ids and numbers of theirs may be said back. */
  said: string
  language: Locale
  /** Hosts that a link may lead to. */
  hosts: readonly string[]
}

export const faults = [
  'empty',
  'too_long',
  'no_source',
  'unknown_source',
  'unsupported',
  'contradicts',
  'number',
  'link',
  'address',
  'identifier',
  'promise',
  'language',
  'markup',
  'secret',
] as const
export type Fault = (typeof faults)[number]

const longestSentence = 600
/** The part of a sentence's words that its passages and the person's own words must share. */
const support = 0.6
/** The part that its passages alone must share: what a person claims is no source. */
const sourceSupport = 0.4

/** What speaks against saying a sentence; nothing if it may be said. Words decide, no second model. */
export function faultsOf(sentence: Sentence, ground: Ground): Fault[] {
  const text = sentence.text.trim()
  if (text === '') return ['empty']
  if (text.length > longestSentence) return ['too_long']
  const cited = sentence.cites.map((id) => ground.passages.get(id))
  if (cited.some((passage) => passage === undefined)) return ['unknown_source']
  const source = cited.join('\n')
  const found: [Fault, boolean][] = [
    ['no_source', cited.length === 0 && !isCourtesy(text, ground)],
    ['unsupported', cited.length > 0 && !isSupported(text, source, ground)],
    ['contradicts', cited.length > 0 && contradicts(text, source)],
    ['number', hasOther(numbersIn(text), numbersIn(`${source}\n${ground.said}`))],
    ['link', hasForeignLink(text, source, ground)],
    ['address', hasOther(text.match(address) ?? [], `${source}\n${ground.said}`.match(address) ?? [])],
    ['identifier', hasOther(text.match(identifier) ?? [], `${source}\n${ground.said}`.match(identifier) ?? [])],
    ['promise', promises(text, source)],
    ['language', !isIn(ground.language, text)],
    ['markup', markup.test(text)],
    ['secret', maskSecretsInMessage(text).masked.length > 0 || /\[?secret:/i.test(text)],
  ]
  return found.filter(([, holds]) => holds).map(([fault]) => fault)
}

const address = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const identifier = /\b(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9]+[_-][A-Za-z0-9_-]{5,}\b/g
const link = /\b(?:https?:\/\/|www\.)[^\s<>)\]]+/gi
const bareHost = /(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:\/\S*)?/giu
const markup =
  /<[a-z!/]|!\[|\]\(|javascript:|data:[a-z]+\/|&#|```|[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/iu

const hasOther = (said: readonly string[], known: readonly string[]): boolean => {
  const folded = new Set(known.map((one) => fold(one)))
  return said.some((one) => !folded.has(fold(one)))
}

/** "One" is an article as well, so the words begin at two. */
const numberWords = new Map(
  [
    ['2', 'two δυο δυ'],
    ['3', 'three τρεισ τρια τριων'],
    ['4', 'four τεσσερισ τεσσερα τεσσαρων'],
    ['5', 'five πεντε'],
    ['6', 'six εξι'],
    ['7', 'seven επτα εφτα'],
    ['8', 'eight οκτω οχτω'],
    ['9', 'nine εννεα εννια'],
    ['10', 'ten δεκα'],
    ['12', 'twelve δωδεκα'],
    ['20', 'twenty εικοσι'],
    ['24', 'εικοσιτεσσερισ'],
    ['30', 'thirty τριαντα'],
    ['100', 'hundred εκατο'],
  ].flatMap(([value = '', words = '']) => words.split(' ').map((word) => [word, value] as const)),
)

/**
 * Numbers as values, in digits or in words: "20 MB" and "20MB" are the same, and so are 25,000,000 and 25.000.000. Small
 * ones stand everywhere, so they count with the word behind them: "3 days" is not "3 files". A digit that only numbers a
 * step is none.
 */
function numbersIn(text: string): string[] {
  const counted = text.replace(ordinals, ' ')
  const digits = [...counted.matchAll(/\d+(?:[.,:]\d+)*/g)].map(({ 0: number, index }) => {
    const value = number.replace(/[.,](?=\d{3}\b)/g, '')
    return /^[1-9]$/.test(value) ? `${value} ${wordAfter(counted.slice(index + 1))}` : value
  })
  const words = counted.split(/(?<=[.!?;·])\s+|\n/).flatMap((sentence) => {
    const tokens = tokenise(sentence)
    return tokens.flatMap(({ folded }, at) => {
      const value = numberWords.get(fold(folded))
      if (value === undefined) return []
      return [value.length === 1 ? `${value} ${tokens[at + 1]?.stem ?? ''}` : value]
    })
  })
  const money = text.match(/[€$£]|(?<!\p{L})(?:eur|usd|euros?|dollars?|ευρώ|δολάρια)(?!\p{L})/giu) ?? []
  return [...digits, ...words, ...money]
}

const wordAfter = (text: string): string =>
  /^\s?\p{L}/u.test(text) ? (tokenise(text.slice(0, 40))[0]?.stem ?? '') : ''

const ordinals = /^\s*\d{1,2}[.)]\s|(?<!\p{L})(?:steps?|βήμα|βήματα)\s+\d{1,2}(?!\d)/gimu

function hasForeignLink(text: string, source: string, { hosts }: Ground): boolean {
  const known = fold(source)
  const isOurs = (host: string): boolean =>
    hosts.some((own) => own !== '' && (host === own || host.endsWith(`.${own}`)))
  const links = [...(text.match(link) ?? []), ...(text.replace(address, ' ').match(bareHost) ?? [])]
  return links.some((found) => {
    const bare = fold(found).replace(/[.,;:!?]+$/, '')
    const host = bare.replace(/^https?:\/\//, '').split(/[/?#]/)[0] ?? ''
    // The front page of our own is always there; any other page has to stand in the passage.
    return !known.includes(bare) && !(isOurs(host) && /^[^/?#]+\/?$/.test(bare.replace(/^https?:\/\//, '')))
  })
}

const promiseWords =
  /(?<!\p{L})(?:refund|reimburse|compensat|credit|voucher|discount|free of charge|guarante|promis|approved?|we will|we'll|i will|i'll|i have|i've|we have|your (?:account|plan|case|ban) (?:has been|was|is now)|υποσχ|εγγυ|επιστροφ|αποζημιω|πιστωσ|κουπον|εκπτωσ|δωρεαν|εγκριθηκ|εγκρινεται|θα σασ|θα σου|αναβαθμιστηκ|ακυρωθηκ)/gu

function promises(text: string, source: string): boolean {
  const known = fold(source)
  const said = fold(text).match(promiseWords) ?? []
  return said.some((word) => !known.includes(word))
}

function isIn(language: Locale, text: string): boolean {
  const prose = text.replace(/"[^"]*"|«[^»]*»|“[^”]*”|`[^`]*`|\[[^\]]*\]/g, ' ')
  if (tokenise(prose).length < 3) return true
  const detected = detectLanguage(prose)
  if (language === 'el') return detected.script === 'greek'
  return detected.script === 'latin' && !(detected.greeklish && detected.confidence > 0.9)
}

const contentOf = (text: string): string[] => tokenise(text).flatMap((token) => (token.isStop ? [] : [token.stem]))

function isSupported(text: string, source: string, { said }: Ground): boolean {
  const own = contentOf(text)
  if (own.length === 0) return true
  const shown = new Set(contentOf(source))
  const told = new Set(contentOf(said))
  const share = (holds: (word: string) => boolean): number => own.filter(holds).length / own.length
  return (
    share((word) => shown.has(word) || told.has(word) || courtesy.has(word)) >= support &&
    share((word) => shown.has(word)) >= sourceSupport
  )
}

/** A sentence without a source may only be kind, or ask: it says nothing about the product. */
function isCourtesy(text: string, { said }: Ground): boolean {
  if (numbersIn(text).length > 0) return false
  const own = contentOf(text)
  const known = new Set(contentOf(said))
  const isQuestion = /[?;;]\s*$/.test(text)
  if (isQuestion) return own.length <= 12
  return own.every((word) => courtesy.has(word) || known.has(word)) && own.length <= 10
}

const courtesy = new Set(
  `sorry apologise apologies understand frustrating annoying unfortunate hear trouble happened happening happens
  inconvenience good great glad happy hope helps help step steps below above next first then following try works problem
  λυπάμαι συγγνώμη καταλαβαίνω δυσάρεστο ενοχλητικό ταλαιπωρία χαίρομαι ελπίζω βοηθήσει βήμα βήματα παρακάτω επόμενο
  πρώτα μετά δοκιμάστε πρόβλημα`
    .split(/\s+/)
    .map((word) => stem(fold(word))),
)

const negationWords = new Set(
  'not no never cannot cant dont doesnt isnt arent wont without δεν δε μην μη ποτέ χωρίς ούτε κανένα κανένας καμία'
    .split(' ')
    .map(fold),
)
const negationsIn = (text: string): number => tokenise(text).filter(({ folded }) => negationWords.has(folded)).length

/**
 * Says yes where the sentence it is made from says no, or the other way round. A clause may stand alone or with its
 * sentence, so both have to be against it.
 */
function contradicts(text: string, source: string): boolean {
  const own = new Set(contentOf(text))
  if (own.size < 3 || fold(source).includes(fold(text))) return false
  return [/(?<=[.!?\n])\s*/, /(?<=[.!?;·\n])\s*/].every((ends) => {
    const closest = source
      .split(ends)
      .map((part) => ({ part, words: contentOf(part), shared: contentOf(part).filter((word) => own.has(word)).length }))
      .reduce((best, next) => (next.shared > best.shared ? next : best), { part: '', words: [], shared: 0 })
    const [said, meant] = [negationsIn(text), negationsIn(closest.part)]
    const isSame = closest.shared >= 0.9 * own.size && closest.shared >= 0.9 * closest.words.length
    // Nearly the same words have to deny as often; others only have to deny as well.
    return closest.shared / own.size >= 0.6 && (isSame ? said !== meant : said > 0 !== meant > 0)
  })
}
