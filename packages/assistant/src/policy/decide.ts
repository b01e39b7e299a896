import type { HandOverReason } from '@clew/contract/conversations'
import type { ArticleHit, KnownIncident } from '../knowledge.ts'
import { likeliest, type NamedTopic } from '../routing/router.ts'
import type { Act } from '../training-phrases.ts'
import { saidIn } from '../understanding/said.ts'
import type { Understanding } from '../understanding/understand.ts'

export type Refusal = 'off-topic' | 'injection' | 'foreign-data'

/** What the assistant means to do about one message, before it looks at where the conversation stands. */
export type Intention =
  | { kind: 'hand-over'; reason: HandOverReason }
  | { kind: 'refuse'; why: Refusal }
  | { kind: 'incident'; incident: KnownIncident }
  | { kind: 'run-flow'; flowId: string }
  | { kind: 'answer'; hit: ArticleHit }
  | { kind: 'offer'; hits: readonly ArticleHit[] }
  | { kind: 'ask-again' }
  | { kind: 'unknown' }
  | { kind: 'social'; act: 'greeting' | 'thanks' | 'affirm' }
  | { kind: 'repair'; act: 'deny' | 'correction' | 'cancel' | 'skip' | 'repeat' }
  | { kind: 'note' }

/** Where one band ends and the next begins; chosen on the tuning messages. */
export const bands = {
  /** A sign is believed if the classifier does not think it absurd. */
  sign: 0.01,
  /** Colleagues are spoken of in many a problem. */
  foreignSign: 0.05,
  foreignMove: 0.35,
  /** So sure the classifier has to be without a sign. */
  act: 0.5,
  /** Orders to the assistant and questions about others, taken together. */
  hostile: 0.4,
  hostileInOurWords: 0.65,
  hostileUnsure: 0.35,
  hostileUnsureInOurWords: 0.6,
  /** So likely that it is worth a second look. */
  perhaps: 0.2,
  person: 0.7,
  /** So angry somebody has to sound who says it in none of the usual words. */
  anger: 0.65,
  /** Who has been here before need not sound very angry. */
  angerAgain: 0.1,
  personAct: 0.3,
  /** All of those acts together, when none of them is likely alone. */
  forAPerson: 0.7,
  problem: 0.4,
  /** What the topic and the articles found have to come to for a flow to start. */
  topic: 0.35,
  /** What certainly is a problem needs less. */
  topicOfProblem: 0.25,
  /** What the coverage of an article and a part of the topic's likelihood have to come to for an answer. */
  answer: 0.2,
  topicPart: 0.2,
  offer: 0.1,
  /** Missing somebody in danger is worse than calling a person too soon. */
  danger: 0.25,
} as const

/** Which flow walks through which problem. */
const flowOf: Partial<Record<NamedTopic, string>> = {
  upload: 'upload-failure',
  sso: 'sso-no-accounts',
  har: 'har-capture',
  api: 'api-error',
  'request-id': 'api-error',
  streaming: 'streaming-cut',
  'sign-in': 'sign-in',
  billing: 'billing',
  safety: 'safety-flag',
  outage: 'outage-check',
  general: 'outage-check',
}

type Rule = (understood: Understanding) => Intention | undefined
type Rules = Readonly<Record<string, Rule>>

/** What comes before everything else, wherever the conversation stands. */
const urgentRules: Rules = { danger, person, injection, onlyAPersonMay, otherPeoplesData }

/** In this order; the first that says something decides. */
const rules: Rules = {
  ...urgentRules,
  otherLanguage,
  social,
  repairs,
  offTopic,
  knownIncident,
  problem,
  question,
  info,
}

export const decide = (understood: Understanding): Intention => decided(understood).intention

/** What the words alone mean, and the name of the rule that says so. */
export const decided = (understood: Understanding): Decided =>
  firstOf(rules, understood) ?? { rule: 'unsure', intention: unsure(understood) }

export const decideUrgent = (understood: Understanding): Intention | undefined =>
  firstOf(urgentRules, understood)?.intention

type Decided = { rule: string; intention: Intention }

function firstOf(list: Rules, understood: Understanding): Decided | undefined {
  for (const [rule, says] of Object.entries(list)) {
    const intention = says(understood)
    if (intention) return { rule, intention }
  }
  return undefined
}

function danger({ signs, acts }: Understanding): Intention | undefined {
  const isMeant = acts.danger > (signs.has('danger') ? bands.sign : bands.danger)
  return isMeant ? { kind: 'hand-over', reason: 'danger' } : undefined
}

function person({ signs, acts }: Understanding): Intention | undefined {
  const isMeant = signs.has('person') || acts['request-person'] > bands.person
  return isMeant ? { kind: 'hand-over', reason: 'asked' } : undefined
}

/**
 * Orders to the assistant are often about other people's data, and then it is neither more than the other. What a person
 * should see is for a person, in whatever tone.
 */
const isHostile = (understood: Understanding): boolean => {
  const { acts } = understood
  const likely = acts.injection + acts['foreign-data']
  return likely > (isInOurWords(understood) ? bands.hostileInOurWords : bands.hostile) && likely > forAPerson(acts)
}

/** It is about something that our articles are about, and no sign says that it is not. */
const isInOurWords = ({ topics, hits, signs, text }: Understanding): boolean =>
  likeliest(topics).probability > 0.8 &&
  ((hits[0]?.coverage ?? 0) > 0.25 || apiMarks.test(text)) &&
  !signs.has('injection') &&
  !signs.has('foreign-data')

/** Planted words beside a real problem are left where they are: the problem is answered. */
function injection(understood: Understanding): Intention | undefined {
  const { signs, acts, topics, hits } = understood
  if (acts.injection > acts['foreign-data'] && isHostile(understood)) return { kind: 'refuse', why: 'injection' }
  if (!signs.has('injection')) return undefined
  const isOurs = acts.problem > 0.8 || likeliest(topics).probability > 0.5 || (hits[0]?.coverage ?? 0) > 0.2
  return acts.problem + acts.question > 0.5 && isOurs ? undefined : { kind: 'refuse', why: 'injection' }
}

const personActs = ['legal', 'recovery', 'dispute', 'appeal'] as const

const reasons = {
  legal: 'legal',
  recovery: 'recovery',
  dispute: 'dispute',
  appeal: 'appeal',
  danger: 'danger',
  anger: 'anger',
  'request-person': 'asked',
} as const
const handedOver = Object.keys(reasons) as (keyof typeof reasons)[]

/** How likely it is something for a person, whichever of those it is. */
const forAPerson = (acts: Understanding['acts']): number => handedOver.reduce((sum, act) => sum + acts[act], 0)

function onlyAPersonMay({ signs, acts }: Understanding): Intention | undefined {
  const found = personActs
    .filter(
      (act) =>
        acts[act] > (signs.has(act) ? 0.04 : Math.max(bands.personAct, 0.7 * acts.problem, 0.55 * acts.question)),
    )
    .sort((a, b) => acts[b] - acts[a])[0]
  if (found) return { kind: 'hand-over', reason: found }
  const isAtTheEnd = signs.has('anger') || acts.anger > bands.angerAgain
  if (isAtTheEnd && signs.has('repeated')) return { kind: 'hand-over', reason: 'anger' }
  if (forAPerson(acts) < bands.forAPerson) return undefined
  const [likeliest = 'anger'] = [...handedOver].sort((a, b) => acts[b] - acts[a])
  // Who swears at an error wants it gone, and no more.
  if (likeliest === 'anger' && signs.has('failure')) return undefined
  return { kind: 'hand-over', reason: reasons[likeliest] }
}

function otherPeoplesData(understood: Understanding): Intention | undefined {
  const { signs, acts, moves } = understood
  const asksForTheirs = moves.includes('others') && (moves.includes('tells') || moves.includes('holdings'))
  const least = signs.has('foreign-data') ? bands.foreignSign : asksForTheirs ? bands.foreignMove : 1
  const isMeant = isHostile(understood) || acts['foreign-data'] > least
  return isMeant ? { kind: 'refuse', why: 'foreign-data' } : undefined
}

/** A language that nothing here can read is for a person; it is not off topic. */
function otherLanguage({ text, acts, greeklish }: Understanding): Intention | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const known = text.match(/[\p{Script=Latin}\p{Script=Greek}]/gu)?.length ?? 0
  if (letters > 2 && known < letters / 2) return { kind: 'unknown' }
  if (greeklish || acts['off-topic'] < bands.perhaps) return undefined
  const { words } = saidIn(text)
  const foreign = words.filter((word) => neighbours.has(word)).length
  return foreign > 1 && foreign > words.length / 5 ? { kind: 'unknown' } : undefined
}

/** Small words of French, German, Spanish and Italian that are none of English or of Greek in Latin letters. */
const neighbours: ReadonlySet<string> = new Set(
  (
    'je vous nous mon une pas pour avec est les des dans narrive ich nicht und der mein meine meinem ist kann wie mit ' +
    'haben eine zwei wird los una puedo archivo por esta che non il mio sono'
  ).split(' '),
)

function social({ acts, signs }: Understanding): Intention | undefined {
  // "Yes, it still fails" is no yes.
  if (signs.has('not-fixed') && acts.greeting + acts.thanks + acts.affirm > bands.act)
    return { kind: 'repair', act: 'deny' }
  for (const act of ['greeting', 'thanks', 'affirm'] as const) {
    if (acts[act] > bands.act) return { kind: 'social', act }
  }
  return acts.greeting + acts.thanks > bands.act ? { kind: 'social', act: 'thanks' } : undefined
}

function repairs({ acts }: Understanding): Intention | undefined {
  for (const act of ['deny', 'correction', 'cancel', 'skip', 'repeat'] as const) {
    if (acts[act] > bands.act) return { kind: 'repair', act }
  }
  return undefined
}

/** A no to somebody whom we could have helped is worse than a question too many. */
function offTopic({ acts, topics, hits }: Understanding): Intention | undefined {
  const isOurs = likeliest(topics).probability > 0.8 && (hits[0]?.coverage ?? 0) > 0.12
  return acts['off-topic'] > bands.act && !isOurs ? { kind: 'refuse', why: 'off-topic' } : undefined
}

function knownIncident({ incident, acts }: Understanding): Intention | undefined {
  return incident && acts.problem + acts.question > 0.4 ? { kind: 'incident', incident } : undefined
}

function problem(understood: Understanding): Intention | undefined {
  const { acts, named } = understood
  if (!isProblem(understood)) return undefined
  const likely = matters(understood)
  const said = likely.map(({ topic }) => flowOf[topic]).find((flowId) => flowId !== undefined && named.includes(flowId))
  const flowId = said ?? named[0]
  if (flowId !== undefined && acts.question < 0.7) return { kind: 'run-flow', flowId }
  const chosen = flowByMatter(likely, acts.problem > 0.8 ? bands.topicOfProblem : bands.topic)
  return chosen === undefined ? undefined : { kind: 'run-flow', flowId: chosen }
}

/** The flow of the likeliest matter; of the next, where that has none. */
function flowByMatter([best, second]: ReturnType<typeof matters>, least: number): string | undefined {
  if (!best || best.score <= least) return undefined
  return flowOf[best.topic] ?? (second && second.score > bands.topic / 2 ? flowOf[second.topic] : undefined)
}

/** Who only tells what happened has a problem too, if it is known to be one. */
function isProblem({ acts, signs, topics, named, text }: Understanding): boolean {
  if (acts.problem > bands.problem && acts.problem > acts.question) return true
  // Our own error message, and no question about it.
  if (named.length > 0 && acts.question < bands.act) return true
  // Two words name a thing and tell nothing of it.
  if (text.trim().split(/\s+/).length < 4) return false
  const told = acts.problem + acts['provide-info']
  const isTold = signs.has('failure') || named.length > 0 || likeliest(topics).probability > 0.6
  return isTold && told > 0.3 && told > acts.question / 2
}

/** What only the API gives out. */
const apiMarks =
  /\b(?:req|resp|chatcmpl|cmpl|batch|run)[-_][A-Za-z0-9]{6,}|\b[0-9a-f]{16}-[A-Z]{3}\b|(?<![\d.])(?:4[0-2]\d|50\d|52\d)(?![\d.])/

/** What a problem may be about, the likeliest first: the classifier's opinion and that of the articles found. */
function matters({ topics, hits, text }: Understanding): { topic: NamedTopic; score: number }[] {
  const [hit] = hits
  const spokenFor = hit?.article.flowId
  const fromApi = apiMarks.test(text) ? 0.25 : 0
  return (Object.entries(topics) as [NamedTopic, number][])
    .map(([topic, probability]) => {
      const isFound = spokenFor !== undefined && flowOf[topic] === spokenFor
      const extra = (isFound ? (hit?.coverage ?? 0) / 2 : 0) + (topic === 'api' ? fromApi : 0)
      return { topic, score: probability + extra }
    })
    .sort((a, b) => b.score - a.score)
}

function question({ acts, hits, topics, signs }: Understanding): Intention | undefined {
  const [hit] = hits
  if (!hit || acts.unknown > bands.act) return undefined
  // "How do refunds work" asks about what else would be for a person.
  const asks = acts.question + acts.problem + acts['provide-info'] > bands.problem || signs.has('no-dispute')
  const speaksFor = hit.coverage + bands.topicPart * likeliest(topics).probability
  return asks && speaksFor > bands.answer && hit.coverage > bands.answer / 4 ? { kind: 'answer', hit } : undefined
}

function info({ acts, hits }: Understanding): Intention | undefined {
  return acts['provide-info'] > bands.act && (hits[0]?.coverage ?? 0) < bands.answer ? { kind: 'note' } : undefined
}

/** Where nothing of ours was understood, what sounds hostile is answered with a no and not with a question. */
function soundsHostile(understood: Understanding): Intention | undefined {
  const { acts } = understood
  const least = isInOurWords(understood) ? bands.hostileUnsureInOurWords : bands.hostileUnsure
  if (acts.injection + acts['foreign-data'] < least) return undefined
  return { kind: 'refuse', why: acts.injection > acts['foreign-data'] ? 'injection' : 'foreign-data' }
}

const noAnswer: readonly Act[] = ['unknown']

function unsure(understood: Understanding): Intention {
  const { acts, hits, signs } = understood
  const act = likeliest(acts).label
  if (acts.anger > (signs.has('anger') ? 0.2 : bands.anger)) return { kind: 'hand-over', reason: 'anger' }
  const hostile = soundsHostile(understood)
  if (hostile) return hostile
  if (noAnswer.includes(act)) return { kind: 'unknown' }
  const close = hits.filter(({ coverage }) => coverage > bands.offer).slice(0, 3)
  // A no to a fair question is worse than a list to choose from.
  if (act === 'off-topic' && (acts['off-topic'] > bands.act || close.length === 0))
    return { kind: 'refuse', why: 'off-topic' }
  return close.length > 0 && act !== 'unclear' ? { kind: 'offer', hits: close } : { kind: 'ask-again' }
}
