import type { Flow, FlowLocale, FlowStep, LocalText, StepKind, StepOutcome } from './flow.ts'
import { fillText, type PlaceholderValues } from './placeholders.ts'
import { type AnswerRecord, isOpen, type Run, type StepRecord } from './run.ts'
import type { SlotValue } from './slots.ts'
import { type AskStep, type DoStep, findStep, outcomeOf, repliesOf } from './steps.ts'

/** Who reads: the person who asks, an agent, or an administrator of the person's organisation. */
export type Reader = {
  locale: FlowLocale
  audience?: 'contact' | 'agent' | 'admin'
  /** What the placeholders stand for; what checks found is in the run. */
  values?: PlaceholderValues
}

export type Words = { stepId: string; title?: string; text?: string; note?: string; article?: string | undefined }

export type CurrentStep = Words & {
  kind: StepKind
  title: string
  text: string
  minutes?: number
  /** What a question fills in; words of the person's own may do so too. */
  slot?: string
  replies: { id: string; label: string }[]
}

export type TriedStep = { id: string; title: string; outcome: StepOutcome; at: string }

export type RunDescription = {
  flowId: string
  title: string
  article?: string
  state: Run['state']
  /** What has been said on the way to the current step, oldest first. */
  lead: Words[]
  current?: CurrentStep
  /** The last words of a run that has ended, where it has some. */
  end?: Words
  /** The steps for a person, in order; those that were answered carry the latest outcome, its time and the words of the reply. */
  steps: {
    id: string
    title: string
    isCurrent: boolean
    outcome?: StepOutcome | 'answered'
    at?: string
    answer?: string
    /** The words that it was taken from, where nobody had to be asked. */
    said?: string
  }[]
  tried: number
  /** What the product found by itself. Not for the person who asks. */
  found: { stepId: string; check: string; result: string; text?: string; at: string }[]
}

/** A run in one language for one reader, for the bubble, the help-centre page and the agent alike. */
export function describeRun(flow: Flow, run: Run, reader: Reader): RunDescription {
  const read = readerOf(run, reader)
  const current = isOpen(run) ? findStep(flow, run.currentStepId) : undefined
  const end = !isOpen(run) && run.endStepId !== undefined ? findStep(flow, run.endStepId) : undefined
  return {
    flowId: flow.id,
    title: read.text(flow.title),
    ...(flow.article === undefined ? {} : { article: flow.article }),
    state: run.state,
    lead: run.passed.flatMap(({ stepId, outcome }) => leadOf(findStep(flow, stepId), outcome, read)),
    ...(current?.kind === 'do' || current?.kind === 'ask' ? { current: currentOf(current, read) } : {}),
    ...(end?.kind === 'end' ? { end: wordsOf(end, read) } : {}),
    steps: stepsOf(flow, run, read),
    tried: triedSteps(flow, run, reader).filter(({ outcome }) => outcome === 'fixed' || outcome === 'not_fixed').length,
    found: read.audience === 'contact' ? [] : foundOf(flow, run, read),
  }
}

/** What the person did and how it went, each step once with its latest outcome: for the timeline and the handover. */
export function triedSteps(flow: Flow, run: Run, reader: Reader): TriedStep[] {
  const read = readerOf(run, reader)
  return flow.steps.flatMap((step) => {
    if (step.kind !== 'do') return []
    const record = lastAnswer(run, step.id)
    if (record === undefined || record.outcome === 'answered') return []
    return [{ id: step.id, title: read.text(step.title), outcome: record.outcome, at: record.at }]
  })
}

type Reading = { audience: NonNullable<Reader['audience']>; text(text: LocalText): string }

function readerOf(run: Run, { locale, audience = 'contact', values }: Reader): Reading {
  const known = { ...values, ...run.values }
  return { audience, text: (text) => fillText(text, locale, known) }
}

type Said = { title?: LocalText; say?: LocalText; note?: LocalText; admin?: LocalText; article?: string | undefined }

/** An administrator reads what is written for them instead, an agent reads their note besides. */
function wordsOf(said: Said & { id: string }, read: Reading): Words {
  const text = read.audience === 'admin' ? (said.admin ?? said.say) : said.say
  const note = read.audience === 'agent' ? said.note : undefined
  return {
    stepId: said.id,
    ...(said.title === undefined ? {} : { title: read.text(said.title) }),
    ...(text === undefined ? {} : { text: read.text(text) }),
    ...(note === undefined ? {} : { note: read.text(note) }),
    ...(said.article === undefined ? {} : { article: said.article }),
  }
}

function leadOf(step: FlowStep | undefined, outcome: string | undefined, read: Reading): Words[] {
  if (step === undefined) return []
  if (step.kind === 'say') return [wordsOf(step, read)]
  if (step.kind !== 'check' || outcome === undefined) return []
  const words = wordsOf({ id: step.id, ...outcomeOf(step, outcome) }, read)
  return words.text === undefined && words.note === undefined ? [] : [words]
}

function currentOf(step: Extract<FlowStep, { kind: 'do' | 'ask' }>, read: Reading): CurrentStep {
  return {
    ...wordsOf(step, read),
    kind: step.kind,
    title: read.text(step.title),
    text: read.text(read.audience === 'admin' ? (step.admin ?? step.say) : step.say),
    ...(step.kind === 'do' && step.minutes !== undefined ? { minutes: step.minutes } : {}),
    ...(step.kind === 'ask' ? { slot: step.slot } : {}),
    replies: repliesOf(step).map(({ id, label }) => ({ id, label: label ? read.text(label) : id })),
  }
}

function stepsOf(flow: Flow, run: Run, read: Reading): RunDescription['steps'] {
  return flow.steps.flatMap((step) => {
    if (step.kind !== 'do' && step.kind !== 'ask') return []
    const isCurrent = isOpen(run) && run.currentStepId === step.id
    const base = { id: step.id, title: read.text(step.title), isCurrent }
    const record = lastAnswer(run, step.id)
    const heard = record || isCurrent || step.kind !== 'ask' ? undefined : run.heard[step.slot]
    if (heard)
      return [
        { ...base, outcome: 'answered', at: heard.at, answer: answerText(step, heard.value, read), said: heard.quote },
      ]
    if (!record) return [base]
    const label = repliesOf(step).find(({ id }) => id === record.replyId)?.label
    return [{ ...base, outcome: record.outcome, at: record.at, ...(label ? { answer: read.text(label) } : {}) }]
  })
}

function answerText(step: AskStep | DoStep, value: SlotValue, read: Reading): string {
  const label = repliesOf(step).find((reply) => reply.value === value)?.label
  return label ? read.text(label) : String(value)
}

function foundOf(flow: Flow, run: Run, read: Reading): RunDescription['found'] {
  return run.steps.flatMap((record) => {
    if (record.by !== 'product') return []
    const { stepId, check, result, at } = record
    const step = findStep(flow, stepId)
    const words = step?.kind === 'check' ? outcomeOf(step, result) : undefined
    const text = read.audience === 'agent' ? (words?.note ?? words?.say) : (words?.admin ?? words?.say)
    return [{ stepId, check, result, at, ...(text ? { text: read.text(text) } : {}) }]
  })
}

const lastAnswer = (run: Run, stepId: string): AnswerRecord | undefined =>
  run.steps.findLast(
    (record: StepRecord): record is AnswerRecord =>
      record.by === 'person' && record.stepId === stepId && !record.corrected,
  )
