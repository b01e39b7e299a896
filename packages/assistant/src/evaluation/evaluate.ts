import {
  classifyProblem,
  completeness,
  currentValues,
  expectationsOf,
  extractedOf,
  extractFacts,
  type Fact,
  type ProblemKind,
} from '@clew/intake'
import type { MessageSecretKind } from '@clew/redact'
import type { Locale } from '@clew/text'
import { type Dialogue, newDialogue } from '../dialogue/dialogue.ts'
import type { Knowledge } from '../knowledge.ts'
import type { Step, Turn } from '../turn/step.ts'
import { offersPerson, takeTurn } from '../turn/take-turn.ts'
import { type Understanding, understand } from '../understanding/understand.ts'
import type { HistoryLine, Outcome } from './labelled.ts'

export type Question = {
  message: string
  locale: Locale
  context: { now: string; timeZone?: string | undefined; history?: readonly HistoryLine[] | undefined }
}

export type Settings = { brand: string; team: Turn['team'] }

/** What came of one message, stage by stage: for the evaluation and for the playground. */
export type Evaluated = Omit<Outcome, 'latencyMs'> & {
  understood: Understanding
  /** The last message with all that was known when it was read. */
  turn: Turn
  step: Step
  /** What was remembered before the last message. */
  before: Dialogue
  facts: readonly Fact[]
  kind: ProblemKind
  resolved: boolean
  warn: boolean
}

type Taken = { understood: Understanding; turn: Turn; step: Step; before: Dialogue }

type Standing = { dialogue: Dialogue; facts: Fact[]; secrets: MessageSecretKind[]; kind: ProblemKind }

/** Goes through the conversation as the bubble would and answers its last message. Nothing is stored. */
export async function evaluate(question: Question, knowledge: Knowledge, settings: Settings): Promise<Evaluated> {
  const lines = [...(question.context.history ?? []), { from: 'contact' as const, text: question.message }]
  let standing: Standing = { dialogue: newDialogue, facts: [], secrets: [], kind: 'other' }
  let last: Taken | undefined
  for (const [place, line] of lines.entries()) {
    if (line.from !== 'contact') {
      standing = { ...standing, dialogue: afterOther(standing.dialogue, line) }
      continue
    }
    const at = new Date(Date.parse(question.context.now) - (lines.length - 1 - place) * 1000)
    const taken = await oneTurn(standing, { question, knowledge, settings, line, before: lines[place - 1], at })
    standing = taken.standing
    last = taken
  }
  if (!last) throw new Error('a conversation has at least its last message')
  return outcomeOf(last, standing)
}

/** What others said, as far as it decides what the next words mean. */
function afterOther(dialogue: Dialogue, { from, text }: HistoryLine): Dialogue {
  if (from === 'agent') return { ...dialogue, state: 'with_human' }
  return {
    ...dialogue,
    offeredPerson: offersPerson(text),
    otherQuestion: true,
    state: dialogue.state === 'handover_queued' ? 'confirming' : dialogue.state,
  }
}

type About = {
  question: Question
  knowledge: Knowledge
  settings: Settings
  line: HistoryLine
  before: HistoryLine | undefined
  at: Date
}

async function oneTurn(
  { dialogue, facts, secrets, kind }: Standing,
  { question, knowledge, settings, line, before, at }: About,
): Promise<Taken & { standing: Standing }> {
  const { locale, context } = question
  const understood = understand({ text: line.text, locale, spoken: dialogue.language, now: at }, knowledge)
  const learnt = extractFacts(line.text, {
    locale: understood.language,
    now: at,
    ...(context.timeZone === undefined ? {} : { zone: context.timeZone }),
    expecting: before && before.from !== 'contact' ? expectationsOf(before.text) : [],
    known: facts,
  })
  const seen = classifyProblem(understood.text, understood.language).kind
  const known = kind === 'other' ? seen : kind
  const all = [...facts, ...learnt]
  const turn: Turn = {
    at: at.toISOString(),
    messageId: at.toISOString(),
    text: understood.text,
    understood,
    locale: understood.language,
    facts: all,
    learnt,
    kind: known,
    knowledge,
    ...settings,
  }
  const step = await takeTurn(turn, dialogue)
  const remembered = { ...step.dialogue, language: understood.language }
  return {
    standing: { dialogue: remembered, facts: all, secrets: [...secrets, ...understood.secrets], kind: known },
    understood,
    turn,
    step,
    before: dialogue,
  }
}

function outcomeOf({ understood, turn, step, before }: Taken, { facts, secrets, kind }: Standing): Evaluated {
  const { did, sayings } = step
  const handoff = step.effects.some(({ type }) => type === 'hand_over')
  return {
    action: did.action,
    flow: did.flowId,
    ask: [...new Set(did.ask.map(askedName))],
    extracted: extractedOf(facts, secrets),
    articles: did.slugs,
    handoff,
    reply: sayings.map(({ body, quote }) => [body, ...(quote?.steps ?? [])].join('\n')).join('\n\n'),
    handoffSummary: handoff ? summaryOf(facts, kind) : '',
    language: understood.language,
    confidence: understood.answerable,
    understood,
    turn,
    step,
    before,
    facts,
    kind,
    resolved: step.effects.some(({ type }) => type === 'settle'),
    warn: understood.hadSecret,
  }
}

const summaryOf = (facts: readonly Fact[], kind: ProblemKind): string => {
  const { problem } = currentValues(facts)
  const { given, missing } = completeness(kind, facts)
  return [problem?.text ?? '', `${given.join(', ')} / ${missing.map(({ field }) => field).join(', ')}`].join('\n')
}

const doorNames: Record<string, string> = {
  timestamps: 'timestamp',
  'timestamps.date': 'timestamp',
  'timestamps.time': 'timestamp',
  'timestamps.zone': 'timezone',
  account: 'email',
  'account.email': 'email',
  'account.plan': 'plan',
  'account.billingEmail': 'email',
  request_ids: 'request_id',
  'request_ids.requestIds': 'request_id',
  'request_ids.completionIds': 'request_id',
  environment: 'browser',
  'environment.browser': 'browser',
  'environment.browserVersion': 'browser',
  'environment.os': 'os',
  'environment.osVersion': 'os',
  'environment.device': 'device',
  'environment.network': 'network',
  'environment.vpn': 'network',
  'environment.proxy': 'network',
  workspace: 'workspace_id',
  'workspace.organisationId': 'workspace_id',
  'workspace.workspaceId': 'workspace_id',
  'workspace.projectId': 'workspace_id',
  'workspace.name': 'workspace_id',
  assistant_id: 'custom_gpt',
  'policy_message.message': 'policy_message',
  'policy_message.requestId': 'request_id',
}

/** The name of the evaluation door for something that is asked. */
export const askedName = (asked: string): string => doorNames[asked] ?? asked
