import { type Plan, plans } from '../facts.ts'
import {
  type Extractor,
  expects,
  type Finding,
  type Hit,
  hits,
  type Source,
  sentenceAround,
  sureness,
} from './source.ts'

const email =
  /[a-z0-9](?:(?:[a-z0-9_+-]|\.(?!\.)){0,62}[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24}(?![a-z0-9-])/gi
const billingWord =
  /(?:billing|invoices?|accounting|accounts payable|finance|λογιστηρι\p{L}*|τιμολογ\p{L}*|χρεωσ\p{L}*|logistiri\p{L}*|timologi\p{L}*|xreosis)(?:[\s:=-]+[\p{L}:'’]+){0,3}[\s:=(-]*$/iu

/** "The husband of …", "the data of user …", "like name@company.example": an address that is not the writer's. */
const notTheirs =
  /(?:(?:husband|wife|partner|mother|father|son|daughter|boss|neighbour|ex) of|(?:data|details|chats?|conversations?|messages|password|files|history) of(?: (?:the )?(?:user|customer))?|(?:e\.g\.|for example|something like|such as|π\.χ\.|p\.x\.|για παραδειγμα)|(?:στοιχεια|συνομιλιεσ|μηνυματα|stoixeia|synomilies|minimata)(?:[ \t]+\p{L}+){0,2}[ \t]+(?:του|τησ|tou|tis)(?:[ \t]+(?:χρηστη|πελατη|xristi|pelati))?)[\s:(]*$/iu

export const readAccount: Extractor = (source) => [...readEmails(source), ...readPlan(source)]

function readEmails(source: Source): Finding[] {
  const seen = new Set<string>()
  return [...source.text.matchAll(email)].flatMap(([quote], index, all): Finding[] => {
    const address = quote.toLowerCase()
    const place = all[index]?.index ?? 0
    const before = fold80(source.text.slice(Math.max(0, place - 80), place))
    if (seen.has(address) || notTheirs.test(before) || isInAddress(source.text, place)) return []
    seen.add(address)
    const part = billingWord.test(before) ? 'billingEmail' : 'email'
    return [{ field: 'account', value: { [part]: address }, quote, confidence: 0.95, ...asCorrection(source) }]
  })
}

/** `postgres://user:secret@host`: the part before the @ is no person. */
const isInAddress = (text: string, place: number): boolean =>
  /:\/\/[^\s/]{0,80}$/.test(text.slice(Math.max(0, place - 90), place))

const fold80 = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')

export const asCorrection = ({ isCorrection }: Source): { corrects?: true } => (isCorrection ? { corrects: true } : {})

const name = '(free|plus|team|business|enterprise|δωρεαν)'
const kindOfPlan =
  '(?:plan|tier|subscription|licen[cs]e|account|membership|package|seats?|user|customer|workspace|contract|edition|version)'
const planWord = '(?:προγραμμα(?:τοσ)?|πλανο|συνδρομη|πακετο|συνδρομησ|αδεια|εκδοση)'
const link = '(?:(?:is|the|a|an|our|my|we|are|on|called|type|ειναι|το|του|μου|μασ|στο|λεγεται|για)[\\s:]+){0,3}["“«\']?'

type Cue = {
  pattern: RegExp
  sure: number
  /** Ordinary words: only a capital letter makes them a plan. */
  needsCapital?: true
  /** Says by itself that it is the writer's, whatever the sentence asks. */
  isOwn?: true
}

/** "Free" and "Team" are ordinary words: they name a plan only beside a word for one, or where one says what one has. */
const cues: readonly Cue[] = [
  { pattern: new RegExp(`(?<![\\p{L}\\d-])${name}[\\s-]+${kindOfPlan}(?!\\p{L})`, 'gu'), sure: 0.9 },
  { pattern: new RegExp(`(?<![\\p{L}\\d-])${name}[\\s-]+${planWord}(?!\\p{L})`, 'gu'), sure: 0.9 },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:${planWord}|plan|tier|subscription)["”»']?[\\s:=-]+${link}${name}(?!\\p{L})`,
      'gu',
    ),
    sure: 0.9,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:account|λογαριασμο[συ]?)(?:\\s+(?:μου|μασ))?\\s*(?:is|ειναι|:|=)\\s*${link}${name}(?!\\p{L})`,
      'gu',
    ),
    sure: 0.8,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:(?:i|we)(?:\\s+a|['’])?(?:m|re)?\\s+(?:are\\s+|am\\s+|were\\s+)?(?:still\\s+|now\\s+|currently\\s+)?(?:on|paying for|pay for|paid for|charged for|billed for|have|using|use|bought|got)|(?:im|i'm|we're) on|ειμαι|ειμαστε|εχω|εχουμε|πληρωνω|πληρωνουμε)\\s+(?:σε\\s+|στο\\s+|το\\s+|τον\\s+|για\\s+|the\\s+|με\\s+){0,3}${name}(?!\\p{L}|\\s+(?:of|members?|μελη))`,
      'gu',
    ),
    sure: 0.8,
    needsCapital: true,
    isOwn: true,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:cancel(?:led|ling)?|renew(?:ed)?|leave|left|downgrade(?:d)? from|my|our|ακυρω\\p{L}*|ανανεω\\p{L}*|διακοψ\\p{L}*|akyros\\p{L}*|stamatis\\p{L}*)\\s+(?:το\\s+|τη\\s+|την\\s+|my\\s+|our\\s+|the\\s+){0,3}${name}(?!\\p{L}|['’]s|\\s+(?:of|members?|trial))`,
      'gu',
    ),
    sure: 0.75,
    needsCapital: true,
    isOwn: true,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:on|στο|σε)\\s+(?:the\\s+|to\\s+)?${name}(?!\\p{L}|\\s+(?:of|members?|days?|hours?|μασ|μου))`,
      'gu',
    ),
    sure: 0.7,
    needsCapital: true,
  },
]

/** "You charged us for Business": a plan by its capital letter, or by the Greek article, in a sentence about oneself. */
const mentioned: Cue = {
  pattern: new RegExp(
    `(?<![\\p{L}\\d@./-])(?:(το|του|στο|σε)\\s+)?${name}(?!\\p{L}|['’]s|[@\\d/-]|\\s+(?:of|members?|μελη|lead|trial))`,
    'gu',
  ),
  sure: 0.6,
}

const moved = new RegExp(
  `(?<!\\p{L})(?:from|απο)\\s+(?:the\\s+|το\\s+)?${name}(?:\\s+${kindOfPlan})?\\s+(?:to|σε|στο)\\s+(?:the\\s+|το\\s+)?(free|plus|team|business|enterprise)(?!\\p{L})`,
  'gu',
)
const moveDone =
  /(?:upgraded|downgraded|moved|switched|changed|went|migrated|αναβαθμιστηκ\p{L}*|αναβαθμισα\p{L}*|αλλαξα\p{L}*|πηγα\p{L}*|anavathmistik\p{L}*|alaksa\p{L}*)/u

/** What one asks for is not what one has. */
const wish =
  /(?:upgrade|upgrading|downgrade|switch|switching|move|moving|change|go|going|buy|buying|get|try|trial|consider\p{L}*|interested|offer|give|gives|grant|become|price of|cost of|costs?|quote|αναβαθμισ\p{L}*|παω|παμε|αγορασ\p{L}*|αγοραζ\p{L}*|περασ\p{L}*|δοκιμασ\p{L}*|παρω|παρουμε|βαλουμε|κοστιζει|τιμη|κανει|δικαιουται|γινεται|αναβαθμιζ\p{L}*)(?:\s+[\p{L}'’]+){0,3}\s+["“«']?$/u
const denial =
  /(?:not|no longer|never|isn['’]?t|aren['’]?t|wasn['’]?t|without|δεν(?: ειμαι| ειμαστε| εχω| εχουμε)?|οχι|χωρισ)(?:\s+(?:on|in|a|an|the|our|my|το|στο|σε|πια)){0,3}\s+$/u
const deniedVerb = /^(?:ειμαι|ειμαστε|εχω|εχουμε)/u
const asks =
  /^(?:\s|and|so|but)*(?:which|what|does|do you|is|are|how|τι|ποι\p{L}+|ποσ\p{L}+|and for|και για|εχει)(?!\p{L})/u
const own =
  /(?<!\p{L})(?:i|i['’]?m|we|we['’]?re|my|our|me|us|εχω|μου|μασ|(?!(?:πανω|κατω|μεσω|πισω|γυρω|λογω|εδω)(?!\p{L}))\p{Script=Greek}{2,}(?:ω|μαι|ουμε|αμε|μαστε|ηκα|[σξψ]α))(?!\p{L})/u

function readPlan(source: Source): Finding[] {
  const move = hits(source, moved).at(-1)
  if (move) {
    const before = source.folded.slice(Math.max(0, move.start - 40), move.start)
    const held = asPlan(moveDone.test(before) ? move.groups[1] : move.groups[0])
    if (held) return [planFinding(source, move, { plan: held, sure: 0.7 })]
  }
  for (const cue of cues) {
    for (const hit of hits(source, cue.pattern)) {
      const named = asPlan(hit.groups[0])
      if (named && isHeld(source, hit, cue)) return [planFinding(source, hit, { plan: named, sure: cue.sure })]
    }
  }
  return answeredPlan(source) ?? mentionedPlan(source)
}

function mentionedPlan(source: Source): Finding[] {
  for (const hit of hits(source, mentioned.pattern)) {
    const [article, word] = hit.groups
    const named = asPlan(word)
    const isMarked =
      article === undefined ? isNameByCapital(source, hit) : /^(?:plus|enterprise|business|team)$/.test(word ?? '')
    const { start, end } = sentenceAround(source, hit.start, hit.end)
    const isAboutSelf = own.test(source.folded.slice(start, end))
    if (named && isMarked && isAboutSelf && isHeld(source, hit, mentioned))
      return [planFinding(source, hit, { plan: named, sure: 0.6 })]
  }
  return []
}

/** "We use Northlight Business": the product before the plan; not somebody else's product. */
const usesIt =
  /(?<!\p{L})(?:have|use|using|on|with|our|my|for|of)\s+(?!Google|Microsoft|Apple|Meta|Facebook|WhatsApp|Amazon|Adobe)\p{Lu}[\p{L}\d]*\s+$/u

/** A capital letter in the middle of a sentence, beside no other name. */
function isNameByCapital(source: Source, { start, end, quote }: Hit): boolean {
  const before = source.original(Math.max(0, start - 24), start)
  const after = source.original(end, end + 24)
  if (!/^\p{Lu}\p{Ll}/u.test(quote) || /(?:^|[.!?;:\n"«“]\s*)$/u.test(before)) return false
  const isOfAnother = /\p{Lu}[\p{L}\d]*\s+$/u.test(before) && !usesIt.test(before)
  return !isOfAnother && !/^\s+\p{Lu}/u.test(after)
}

function isHeld(source: Source, hit: Hit, { needsCapital, isOwn }: Cue): boolean {
  if (needsCapital && !isCapital(source, hit)) return false
  const around = sentenceAround(source, hit.start, hit.end)
  const before = source.folded.slice(around.start, hit.start)
  if (denial.test(before) || (deniedVerb.test(hit.quote.toLowerCase()) && /δεν\s+$/u.test(before))) return false
  if (wish.test(before)) return false
  const sentence = source.folded.slice(around.start, around.end)
  const isQuestion = /^[?;]/.test(source.folded.slice(around.end)) || asks.test(sentence)
  return !isQuestion || isOwn === true || own.test(sentence)
}

/** In a text all in capitals a capital says nothing, but "we have TEAM, …" ends there. */
function isCapital(source: Source, { quote, groups, end }: Hit): boolean {
  const isShouted = !/\p{Ll}/u.test(source.text)
  if (isShouted && groups[0] !== 'plus' && groups[0] !== 'enterprise')
    return !/^(?:MY|OUR)/.test(quote) && /^\s*(?:$|[,.!?;])/.test(source.folded.slice(end, end + 3))
  const written = quote.slice(quote.toLowerCase().lastIndexOf(groups[0] ?? ''))
  return /^\p{Lu}\p{Ll}/u.test(written) || groups[0] === 'plus' || groups[0] === 'enterprise'
}

/** To "which plan are you on?" the name alone is an answer. */
function answeredPlan(source: Source): Finding[] | undefined {
  const isCorrected = source.isCorrection && source.known.some((fact) => fact.field === 'account' && fact.value.plan)
  if (!expects(source, 'account') && !isCorrected) return undefined
  const hit = hits(source, new RegExp(`(?<![\\p{L}\\d@.-])${name}(?![\\p{L}\\d@.-]*@|\\p{L})`, 'gu')).find(
    ({ start }) => !denial.test(source.folded.slice(Math.max(0, start - 30), start)),
  )
  const named = asPlan(hit?.groups[0])
  return hit && named ? [planFinding(source, hit, { plan: named, sure: 0.85 })] : undefined
}

function planFinding(source: Source, hit: Hit, { plan, sure }: { plan: Plan; sure: number }): Finding {
  return {
    field: 'account',
    value: { plan },
    quote: hit.quote,
    confidence: sureness(source, hit, sure),
    ...asCorrection(source),
  }
}

function asPlan(word: string | undefined): Plan | undefined {
  return plans.find((each) => each === word) ?? (word === undefined ? undefined : 'free')
}
