import type { Flow } from '@clew/flows'
import { withoutMoments } from '@clew/intake'
import { type MessageSecretKind, maskSecretsInMessage } from '@clew/redact'
import { type DetectedLanguage, type Locale, tokenise } from '@clew/text'
import type { Article, ArticleHit, Knowledge, KnownIncident } from '../knowledge.ts'
import type { Probabilities } from '../routing/classifier.ts'
import { areTelling, type Move, movesIn } from '../routing/moves.ts'
import type { NamedTopic } from '../routing/router.ts'
import type { Act } from '../training-phrases.ts'
import { withDecoded } from './encoded-letters.ts'
import { inPlainLetters } from './plain-letters.ts'
import { withoutPlanted } from './planted.ts'
import { type Phrases, phrases, saidIn } from './said.ts'
import { deniedActs, type Sign, signsIn } from './signs.ts'

export type Said = {
  text: string
  /** The language of the page. */
  locale: Locale
  /** The language of the conversation so far. */
  spoken?: Locale | undefined
  now: Date
  /** Kinds of secret that were taken out before. */
  masked?: readonly string[]
}

/** What was understood of one message, before anything is decided. No secret is left in it. */
export type Understanding = {
  text: string
  /** The language to answer in. */
  language: Locale
  greeklish: boolean
  /** Kinds of secret that were found in these words. */
  secrets: readonly MessageSecretKind[]
  /** A secret is in it, or was before it was stored. */
  hadSecret: boolean
  /** What is left when the secrets are taken out says nothing. */
  isOnlySecret: boolean
  signs: ReadonlySet<Sign>
  /** What is tried with the assistant itself. */
  moves: readonly Move[]
  acts: Probabilities<Act>
  topics: Probabilities<NamedTopic>
  hits: readonly ArticleHit[]
  /** Flows one of whose own phrases is said; only those of an error message, where one is quoted. */
  named: readonly string[]
  incident: KnownIncident | undefined
  /** 0–1: how likely our own articles and flows can help with this at all. */
  answerable: number
}

const maxLength = 4000
const hitCount = 5
const sureOfLanguage = 0.6
/** A word or two in Latin letters are a name as often as a language. */
const sureOfFew = 0.9
const fewWords = 3
/** Letters without a space are no word, and slow to read. */
const repeated = /([^\p{L}\p{N}\s])\1{9,}/gu
const endless = /([\p{L}\p{N}]{60})[\p{L}\p{N}]+/gu
/** Letters that nobody sees would hide a word from everything that reads it. */
const unseen = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu

export function understand(said: Said, knowledge: Knowledge): Understanding {
  const { text: raw, masked: before = [] } = said
  const masked = maskSecretsInMessage(withDecoded(raw.normalize('NFC').replace(unseen, '').trim().slice(0, maxLength)))
  const { text } = masked
  const secrets = [...new Set(masked.masked.map(({ kind }) => kind))]
  const hadSecret = secrets.length > 0 || before.length > 0
  const legible = inPlainLetters(text).replace(endless, '$1').replace(repeated, '$1$1$1')
  const detected = knowledge.library.detect(legible)
  const language = languageOf(text, detected, said)
  const { rest, isPlanted } = withoutPlanted(legible)
  const moves = movesIn(rest)
  const isTold = isPlanted || areTelling(moves)
  const signs = isTold ? new Set([...signsIn(rest), 'injection' as const]) : signsIn(legible)
  const matter = withoutMoments(withoutDenied(rest), { locale: language, now: said.now })
  const routed = knowledge.route(spokenOut(matter).replaceAll(knowledge.brand, ' '))
  const { topics } = routed
  const acts = without(routed.acts, deniedActs(signs))
  const hits = ranked(knowledge, rest, { language, topics })
  return {
    text,
    language,
    greeklish: detected.greeklish,
    secrets,
    hadSecret,
    isOnlySecret: hadSecret && saysNothing(text),
    signs,
    moves,
    acts,
    topics,
    hits,
    named: flowsNamed(text, knowledge),
    incident: knowledge.incidentFor({ text, locale: language }),
    answerable: answerability(acts, hits),
  }
}

const denial =
  /(?:(?:not|isn[’']t|nothing) (?:about|to do with|a matter of|the problem)|[Δδ]εν (?:πρόκειται για|αφορά|έχει να κάνει με|είναι (?:ο|η|το) (?:θέμα|πρόβλημα))|[Dd]en (?:prokeitai gia|afora|exei na kanei me|einai (?:to )?(?:thema|8ema|provlima)))[^.,;:·!?\n]{0,60}[.,;:·!?\n]/gu

/** "This is not about invoices, …": what somebody says it is not about says nothing of what it is. */
function withoutDenied(text: string): string {
  const rest = text.replace(denial, ' ')
  return rest.trim().length > 15 ? rest : text
}

/** A short message in Latin letters does not turn a Greek conversation into an English one: it may be "ok" or "Chrome". */
function languageOf(text: string, detected: DetectedLanguage, { locale, spoken }: Said): Locale {
  const before = spoken ?? locale
  if (detected.script === 'greek') return detected.language
  const isShort = tokenise(text).length <= fewWords
  if (isShort && spoken === 'el' && detected.language === 'en') return spoken
  return detected.confidence >= (isShort ? sureOfFew : sureOfLanguage) ? detected.language : before
}

const nods = /[👍👌🙏✅❤🎉😊🙂]/u
const headshakes = /[👎❌😡😞🙁☹]/u

/** A message of pictures alone, in words. */
function spokenOut(text: string): string {
  if (/[\p{L}\p{N}]/u.test(text)) return text
  if (headshakes.test(text)) return 'no'
  return nods.test(text) ? 'thanks' : text
}

/** So much of the likelihood has to be left for the rest to be taken for all of it. */
const enoughLeft = 0.3

function without(acts: Probabilities<Act>, denied: readonly Act[]): Probabilities<Act> {
  if (denied.length === 0) return acts
  const gone = denied.reduce((sum, act) => sum + acts[act], 0)
  const left = Math.max(enoughLeft, 1 - gone)
  const entries = Object.entries(acts) as [Act, number][]
  return Object.fromEntries(
    entries.map(([act, probability]) => [act, denied.includes(act) ? 0 : probability / left]),
  ) as Probabilities<Act>
}

/** A flow that changes is a new object. */
const compiled = new WeakMap<Flow, Phrases>()

const quoted = /[«"“]([^»"”\n]{3,160})[»"”]/gu

/** What the product itself said tells more than what somebody makes of it. */
function flowsNamed(text: string, { flows }: Knowledge): string[] {
  const message = [...text.matchAll(quoted)].map(([, words = '']) => words).join('\n')
  const inMessage = idsSaid(flows.all, message)
  return inMessage.length > 0 ? inMessage : idsSaid(flows.all, text)
}

function idsSaid(flows: readonly Flow[], text: string): string[] {
  const words = saidIn(text)
  return flows.filter((flow) => phrasesOf(flow).in(words)).map(({ id }) => id)
}

/** One word is too little: it stands in many a message about something else. */
function phrasesOf(flow: Flow): Phrases {
  const lines = [...flow.phrases.en, ...flow.phrases.el].filter((line) => line.trim().includes(' '))
  const found = compiled.get(flow) ?? phrases(lines.join('\n'))
  compiled.set(flow, found)
  return found
}

/** How much the words of an article count against what the message is about. */
const topicShare = 0.3

function ranked(
  { library, route }: Knowledge,
  text: string,
  { language, topics }: { language: Locale; topics: Probabilities<NamedTopic> },
): ArticleHit[] {
  const found = library.search(text, { locale: language, limit: hitCount })
  const affinity = ({ article }: ArticleHit): number =>
    Object.entries(topicsOf(article, route)).reduce(
      (sum, [topic, share]) => sum + share * topics[topic as NamedTopic],
      0,
    )
  return found
    .map((hit) => ({ hit, score: hit.coverage + topicShare * affinity(hit) }))
    .sort((a, b) => b.score - a.score)
    .map(({ hit }) => hit)
}

/** An article that changes is a new object. */
const known = new WeakMap<Article, Probabilities<NamedTopic>>()

function topicsOf(article: Article, route: Knowledge['route']): Probabilities<NamedTopic> {
  const own = known.get(article) ?? route(`${article.title}. ${article.description}`).topics
  known.set(article, own)
  return own
}

const notOurs: readonly Act[] = ['off-topic', 'unknown', 'foreign-data', 'injection']

function answerability(acts: Probabilities<Act>, hits: readonly ArticleHit[]): number {
  const ours = 1 - notOurs.reduce((sum, act) => sum + acts[act], 0)
  const coverage = Math.min(1, (hits[0]?.coverage ?? 0) / 0.5)
  return ours * (0.5 + 0.5 * coverage)
}

const saysNothing = (text: string): boolean =>
  text.replaceAll(/\[[^\]]*\]/g, '').replaceAll(/[^\p{L}]/gu, '').length < 4
