import { nextQuestion } from '@clew/intake'
import { quote } from '../answering/quote.ts'
import type { Dialogue } from '../dialogue/dialogue.ts'
import type { ArticleHit, KnownIncident } from '../knowledge.ts'
import { decide, decideUrgent, type Intention } from '../policy/decide.ts'
import type { Understanding } from '../understanding/understand.ts'
import { understand } from '../understanding/understand.ts'
import { goOn, isUnfinished, repeatStep, startFlow } from './flow.ts'
import { collectThenHandOver, handOver } from './hand-over.ts'
import { isBare, isNod, readAsReply } from './reply-in-flow.ts'
import { moved, quiet, type Step, type Turn } from './step.ts'
import { askName, closestSaying, fieldNames, personReply, questionSaying, quoteSaying, say, words } from './words.ts'

const mostUnsure = 2
const mostDenied = 2

/** Answers what somebody typed. */
export async function replyToWords(turn: Turn, dialogue: Dialogue, understood: Understanding): Promise<Step> {
  const urgent = decideUrgent(understood)
  if (urgent) return act(turn, { ...dialogue, offeredPerson: false }, { understood, intention: urgent })
  if (!dialogue.offeredPerson) return replyToMatter(turn, dialogue, withoutTold(dialogue, understood))
  // An offer stands until the next words, whatever they are.
  const declined = { ...dialogue, offeredPerson: false }
  if (understood.acts.affirm > 0.4) return handOver(turn, declined, 'asked')
  if (understood.acts.deny > 0.5 && isBare(understood)) return stop(turn, { ...declined, unsure: 0 })
  return replyToMatter(turn, declined, withoutTold(dialogue, understood))
}

/** What somebody knows by now is told again only if they ask. */
function withoutTold(dialogue: Dialogue, understood: Understanding): Understanding {
  const { incident, acts } = understood
  if (!incident || incident.id !== dialogue.toldIncidentId) return understood
  const asks = dialogue.incidentId === incident.id && acts.question > acts.problem
  return asks ? understood : { ...understood, incident: undefined }
}

async function replyToMatter(turn: Turn, dialogue: Dialogue, understood: Understanding): Promise<Step> {
  const reply = readAsReply(turn, dialogue, understood)
  if (reply) return goOn(turn, dialogue, reply)
  if (dialogue.open) return takeAnswer(turn, dialogue, understood)
  if (staysInFlow(dialogue, understood)) return note(turn, dialogue, understood)

  const intention = decide(understood)
  const heard = dialogue.unclear !== undefined && isUnsure(intention) ? readAgain(turn, dialogue) : undefined
  return act(turn, { ...dialogue, unclear: undefined }, heard ?? { understood, intention })
}

/** In a flow, words that only tell something belong to it. */
function staysInFlow({ run, otherQuestion }: Dialogue, { acts }: Understanding): boolean {
  if (!run || !isUnfinished(run)) return false
  const tells = acts['provide-info'] + acts.correction + (otherQuestion ? acts.affirm + acts.deny : 0)
  return tells > 0.5
}

type Heard = { understood: Understanding; intention: Intention }

const isUnsure = ({ kind }: Intention): boolean => kind === 'ask-again' || kind === 'offer' || kind === 'note'

/** Two messages that say little alone may say enough together. */
function readAgain({ text, locale, at, knowledge }: Turn, { unclear = '', language }: Dialogue): Heard {
  const both = `${unclear}\n${text}`
  const understood = understand({ text: both, locale, spoken: language, now: new Date(at) }, knowledge)
  return { understood, intention: decide(understood) }
}

function act(turn: Turn, dialogue: Dialogue, heard: Heard): Step | Promise<Step> {
  const { understood, intention } = heard
  switch (intention.kind) {
    case 'hand-over':
      return handOver(turn, dialogue, intention.reason)
    case 'refuse':
      return refuse(turn, dialogue, intention.why)
    case 'incident':
      return tellIncident(turn, dialogue, intention.incident)
    case 'run-flow':
      return runFlow(turn, dialogue, { understood, flowId: intention.flowId })
    case 'answer':
      return answer(turn, dialogue, intention.hit)
    case 'offer':
      return offer(turn, dialogue, { understood, hits: intention.hits })
    case 'ask-again':
      return askAgain(turn, dialogue, understood)
    case 'unknown':
      return unknown(turn, dialogue)
    case 'social':
      return social(turn, dialogue, { understood, kind: intention.act })
    case 'repair':
      return repair(turn, dialogue, { understood, how: intention.act })
    case 'note':
      return note(turn, dialogue, understood)
  }
}

function refuse(turn: Turn, dialogue: Dialogue, why: 'off-topic' | 'injection' | 'foreign-data'): Step {
  const key = why === 'off-topic' ? 'off_topic' : why === 'foreign-data' ? 'foreign_data' : 'injection'
  return {
    dialogue: moved(dialogue, 'refused'),
    sayings: [say(words[turn.locale](`assistant.refused_${key}`, { brand: turn.brand }), [personReply(turn.locale)])],
    effects: [],
    did: { action: 'refuse', slugs: [], ask: [] },
  }
}

function tellIncident(turn: Turn, dialogue: Dialogue, { id, title, text }: KnownIncident): Step {
  const t = words[turn.locale]
  return {
    dialogue: moved(dialogue, 'answered', { incidentId: id, toldIncidentId: id, unsure: 0 }),
    sayings: [
      say(t('assistant.incident', { title, text }), [
        { id: `follow:${id}`, label: t('assistant.reply_follow_incident') },
        { id: 'other', label: t('assistant.reply_other_problem') },
        personReply(turn.locale),
      ]),
    ],
    effects: [],
    did: { action: 'run-flow', flowId: 'outage-check', slugs: [], ask: [] },
  }
}

async function runFlow(
  turn: Turn,
  dialogue: Dialogue,
  { understood, flowId }: { understood: Understanding; flowId: string },
): Promise<Step> {
  const started = await startFlow(turn, dialogue, { flowId })
  if (started) return started
  const [hit] = understood.hits
  return hit ? answer(turn, dialogue, hit) : askAgain(turn, dialogue, understood)
}

/** Quotes the help centre; in the middle of a flow its open step follows, so that its buttons are at hand. */
async function answer(turn: Turn, dialogue: Dialogue, { article, query }: ArticleHit): Promise<Step> {
  const found = quote(article, query || turn.text)
  const said: Step = {
    dialogue: moved(dialogue, 'answered', { shown: withSlug(dialogue, article.slug), unsure: 0 }),
    sayings: [quoteSaying(turn.locale, found, article.flowId)],
    effects: [],
    did: { action: 'answer', slugs: [article.slug], ask: [] },
  }
  if (!dialogue.run || !isUnfinished(dialogue.run)) return said
  const back = await repeatStep(turn, said.dialogue, words[turn.locale]('assistant.flow_back'))
  return { ...said, dialogue: back.dialogue, sayings: [...said.sayings, ...back.sayings] }
}

const withSlug = ({ shown }: Dialogue, slug: string): string[] => [...shown.filter((one) => one !== slug), slug]

function offer(
  turn: Turn,
  dialogue: Dialogue,
  { understood, hits }: { understood: Understanding; hits: readonly ArticleHit[] },
): Step | Promise<Step> {
  if (dialogue.unsure + 1 >= mostUnsure) return collectThenHandOver(turn, dialogue, { reason: 'low_confidence' })
  return {
    dialogue: moved(dialogue, 'asked_back', { unsure: dialogue.unsure + 1, unclear: beginOf(understood.text) }),
    sayings: [
      closestSaying(
        turn.locale,
        hits.map(({ article }) => article),
      ),
    ],
    effects: [],
    did: { action: 'ask', slugs: [], ask: ['problem'] },
  }
}

async function askAgain(turn: Turn, dialogue: Dialogue, understood: Understanding): Promise<Step> {
  const t = words[turn.locale]
  if (dialogue.run && isUnfinished(dialogue.run)) return repeatStep(turn, dialogue, t('assistant.flow_back'))
  if (dialogue.unsure + 1 >= mostUnsure) return collectThenHandOver(turn, dialogue, { reason: 'low_confidence' })
  const isFirst = dialogue.state === 'greeting'
  return {
    dialogue: moved(dialogue, 'asked_back', { unsure: dialogue.unsure + 1, unclear: beginOf(understood.text) }),
    sayings: [say(t(isFirst ? 'assistant.ask_problem' : 'assistant.not_sure'), [personReply(turn.locale)])],
    effects: [],
    did: { action: 'ask', slugs: [], ask: ['problem'] },
  }
}

/** So much is remembered that the next words are still read with it. */
const beginOf = (text: string): string => text.slice(0, 1000)

/** Ours, but no article knows: it says so and offers a person. */
function unknown(turn: Turn, dialogue: Dialogue): Step {
  if (dialogue.unsure + 1 >= mostUnsure) return handOver(turn, dialogue, 'no_article')
  return {
    dialogue: moved(dialogue, 'asked_back', { unsure: dialogue.unsure + 1, offeredPerson: true }),
    sayings: [say(words[turn.locale]('assistant.unknown'), [personReply(turn.locale)])],
    effects: [],
    did: { action: 'ask', slugs: [], ask: [] },
  }
}

type Social = { understood: Understanding; kind: 'greeting' | 'thanks' | 'affirm' }

async function social(turn: Turn, dialogue: Dialogue, { understood, kind }: Social): Promise<Step> {
  const t = words[turn.locale]
  const spoken = (key: 'assistant.greeting' | 'assistant.thanks', next: Dialogue): Step => ({
    ...quiet(next),
    sayings: [say(t(key))],
  })
  const isInFlow = dialogue.run !== undefined && isUnfinished(dialogue.run)
  if (kind === 'greeting')
    return isInFlow ? repeatStep(turn, dialogue, '') : spoken('assistant.greeting', moved(dialogue, 'greeted'))
  const wasHelped = (dialogue.state === 'confirming' || dialogue.state === 'in_flow') && !isNod(understood.text)
  if (wasHelped) return worked(turn, dialogue)
  return spoken('assistant.thanks', moved(dialogue, 'nothing'))
}

export function worked(turn: Turn, dialogue: Dialogue): Step {
  return {
    ...quiet(moved(dialogue, 'solved', { run: undefined, open: undefined, pending: undefined })),
    sayings: [say(words[turn.locale]('assistant.solved'))],
    effects: [{ type: 'settle', tier: 'confirmed' }],
  }
}

async function repair(
  turn: Turn,
  dialogue: Dialogue,
  { understood, how }: { understood: Understanding; how: 'deny' | 'correction' | 'cancel' | 'skip' | 'repeat' },
): Promise<Step> {
  const t = words[turn.locale]
  const isInFlow = dialogue.run !== undefined && isUnfinished(dialogue.run)
  switch (how) {
    case 'deny':
      // Where nothing was said yet, there is nothing that did not help.
      if (!isInFlow && dialogue.shown.length === 0) return askAgain(turn, dialogue, understood)
      return notHelped(turn, dialogue)
    case 'correction':
      if (turn.learnt.length === 0 && !isInFlow) return askAgain(turn, dialogue, understood)
      return note(turn, dialogue, understood)
    case 'cancel':
      return stop(turn, dialogue)
    case 'skip':
      if (isInFlow) return repeatStep(turn, dialogue, t('assistant.skipped'))
      return askAgain(turn, dialogue, understood)
    case 'repeat':
      return sayAgain(turn, dialogue, understood)
  }
}

/** Whatever it meant to do next is off. */
const stop = (turn: Turn, dialogue: Dialogue): Step => ({
  ...quiet(moved(dialogue, 'nothing', { open: undefined, pending: undefined })),
  sayings: [say(words[turn.locale]('assistant.cancelled'), [personReply(turn.locale)])],
})

/** What was said last, once more: the open step or the article. */
async function sayAgain(turn: Turn, dialogue: Dialogue, understood: Understanding): Promise<Step> {
  if (dialogue.run && isUnfinished(dialogue.run)) return repeatStep(turn, dialogue, '')
  const slug = dialogue.shown.at(-1)
  const article = slug === undefined ? undefined : turn.knowledge.library.find(turn.locale, slug)
  return article
    ? answer(turn, dialogue, { article, coverage: 1, query: turn.text })
    : askAgain(turn, dialogue, understood)
}

/** The answer did not help: the checks of its article come next, then a person. */
export async function notHelped(turn: Turn, dialogue: Dialogue, about = dialogue.shown.at(-1)): Promise<Step> {
  const denied = { ...dialogue, denied: dialogue.denied + 1 }
  const article = about === undefined ? undefined : turn.knowledge.library.find(turn.locale, about)
  if (article?.flowId !== undefined && dialogue.run?.flowId !== article.flowId) {
    const started = await startFlow(turn, denied, { flowId: article.flowId })
    if (started) return started
  }
  if (dialogue.run && isUnfinished(dialogue.run)) return repeatStep(turn, denied, '')
  if (denied.denied >= mostDenied || about !== undefined)
    return collectThenHandOver(turn, denied, { reason: 'low_confidence' })
  return collectThenHandOver(turn, denied, {
    reason: 'low_confidence',
    lead: words[turn.locale]('assistant.not_solved'),
  })
}

/** Facts without a question: they are noted, and what is still needed is asked for. */
async function note(turn: Turn, dialogue: Dialogue, understood: Understanding): Promise<Step> {
  const t = words[turn.locale]
  const learnt = turn.learnt.filter(({ field }) => field !== 'problem')
  const facts = fieldNames(
    turn.locale,
    learnt.map(({ field }) => field),
  )
  const lead = learnt.length === 0 ? '' : t('assistant.noted', { facts })
  if (dialogue.run && isUnfinished(dialogue.run)) return repeatStep(turn, dialogue, lead)
  const question = nextQuestion(turn.kind, turn.facts, { asked: dialogue.asked })
  if (!question) {
    const [hit] = understood.hits
    if (learnt.length === 0 && hit) return offer(turn, dialogue, { understood, hits: understood.hits.slice(0, 3) })
    return {
      ...quiet(moved(dialogue, 'nothing')),
      sayings: [say(lead === '' ? t('assistant.ask_problem') : lead, [personReply(turn.locale)])],
    }
  }
  const asked = { field: question.field, part: question.part }
  return {
    dialogue: moved(dialogue, 'question_put', { open: asked, asked: [...dialogue.asked, asked] }),
    sayings: [questionSaying(turn.locale, asked, lead)],
    effects: [],
    did: { action: 'ask', slugs: [], ask: [askName(asked)] },
  }
}

/** What follows a question: its answer, a skip, or something else altogether. */
async function takeAnswer(turn: Turn, dialogue: Dialogue, understood: Understanding): Promise<Step> {
  const { open, pending } = dialogue
  const closed = { ...dialogue, open: undefined }
  const isAnswer = turn.learnt.some(({ field }) => field === open?.field)
  const intention = decide(understood)
  const isElsewhere =
    !isAnswer && (intention.kind === 'run-flow' || intention.kind === 'answer' || intention.kind === 'refuse')
  if (isElsewhere) return act(turn, closed, { understood, intention })
  if (!isAnswer && isOff(understood, intention)) return endQuestions(turn, closed, understood)
  const lead = isAnswer
    ? words[turn.locale]('assistant.noted', { facts: fieldNames(turn.locale, open ? [open.field] : []) })
    : words[turn.locale]('assistant.skipped')
  if (pending !== undefined) return collectThenHandOver(turn, closed, { reason: pending, lead })
  return isAnswer ? note(turn, closed, understood) : act(turn, closed, { understood, intention })
}

/** There is nothing left to ask about: it works again, or they would rather not. */
const isOff = ({ signs }: Understanding, intention: Intention): boolean =>
  (intention.kind === 'repair' && intention.act === 'cancel') || (signs.has('fixed') && !signs.has('not-fixed'))

function endQuestions(turn: Turn, dialogue: Dialogue, { signs }: Understanding): Step {
  return signs.has('fixed') ? worked(turn, dialogue) : stop(turn, dialogue)
}
