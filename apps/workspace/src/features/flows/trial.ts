import { heardFrom, keepSaid, labelSaid, ownQuestions, saidFor, type Words } from '@clew/assistant/turn/read-words'
import { advance } from '@clew/flows/advance'
import { type CurrentStep, describeRun, type Reader, type RunDescription } from '@clew/flows/describe'
import type { Flow } from '@clew/flows/flow'
import type { PlaceholderValues } from '@clew/flows/placeholders'
import { isOpen, type Progress, type Run } from '@clew/flows/run'
import type { Effect, Facts, RunInput } from '@clew/flows/run-input'
import { isOwnSlot, type SlotValue, slotsOf } from '@clew/flows/slots'
import { startRun } from '@clew/flows/start'
import { type AskStep, findStep, repliesOf } from '@clew/flows/steps'
import { currentValues, extractFacts, type Fact } from '@clew/intake'

/** What was said so far, as the bubble shows it. */
export type Bubble = { by: 'assistant' | 'contact'; text: string }
export type Trial = {
  run: Run
  bubbles: readonly Bubble[]
  effects: readonly Effect[]
  /** The steps that were come by, the current one too. */
  passed: readonly string[]
}
export type TrialReader = Reader & {
  facts: Readonly<Record<string, SlotValue>>
  /** What the person wrote before the flow began. */
  before?: Words
}

/** A run in the browser, by the runner that the assistant uses. */
export function beginTrial(flow: Flow, reader: TrialReader): Trial {
  const progress = startRun(flow, factsFor(flow, reader))
  return told(flow, reader, { before: { bubbles: [], effects: [], passed: [] }, progress })
}

/** A button that was pressed, or what the product found; or words as they were typed, which are read when they are played. */
export type Played = { input: RunInput; said: string | undefined } | { words: Words & { id: string } }
type Walking = { trial: Trial; reader: TrialReader }

const factsFor = (flow: Flow, { facts, before }: TrialReader): Facts => ({
  slots: facts,
  ...(before && before.text !== '' ? { heard: heardFrom(flow, [before]) } : {}),
})

export function goOn(flow: Flow, { trial, reader }: Walking, played: Played): Trial {
  const said = 'words' in played ? played.words.text : played.said
  const bubbles: readonly Bubble[] =
    said === undefined ? trial.bubbles : [...trial.bubbles, { by: 'contact', text: said }]
  const progress =
    'words' in played
      ? afterWords(flow, { trial, reader }, played.words)
      : advance(flow, trial.run, { input: played.input, facts: factsFor(flow, reader) })
  return told(flow, reader, { before: { ...trial, bubbles }, progress })
}

/** As the assistant reads what a visitor types: for questions to come, for those answered before, for the one that is open. */
function afterWords(flow: Flow, { trial, reader }: Walking, words: Words & { id: string }): Progress {
  const facts = factsFor(flow, reader)
  const run = keepSaid(flow, trial.run, words)
  const at = { at: words.at, id: words.id }
  const changed = changedBy(flow, run, words.text)
  if (!changed) return advance(flow, run, { input: { ...inputOf(flow, run, { words, reader }), ...at }, facts })
  const back = advance(flow, run, { input: { type: 'correct', stepId: changed.step.id, at: words.at }, facts })
  const slots = { [changed.step.slot]: changed.value }
  const on = advance(flow, back.run, { input: { type: 'slots', slots, ...at }, facts })
  return { run: on.run, effects: [...back.effects, ...on.effects] }
}

/** Another value, by the rule of a question that was answered before. */
function changedBy(flow: Flow, run: Run, text: string): { step: AskStep; value: SlotValue } | undefined {
  for (const step of ownQuestions(flow)) {
    const before = run.slots[step.slot]
    if (before === undefined || step.read === undefined || (isOpen(run) && step.id === run.currentStepId)) continue
    const value = saidFor(step, text)
    if (value !== undefined && value !== before) return { step, value }
  }
  return undefined
}

type Going =
  | { type: 'slots'; slots: Readonly<Record<string, SlotValue>> }
  | { type: 'reply'; stepId: string; replyId: string }
  | { type: 'repeat' }

/** What nothing reads is no answer: the step is said again. */
function inputOf(flow: Flow, run: Run, { words, reader }: { words: Words; reader: TrialReader }): Going {
  const step = isOpen(run) ? findStep(flow, run.currentStepId) : undefined
  if (step?.kind !== 'ask' && step?.kind !== 'do') return { type: 'repeat' }
  const value = step.kind === 'ask' ? valueOf(step, words, reader) : undefined
  if (step.kind === 'ask' && value !== undefined) return { type: 'slots', slots: { [step.slot]: value } }
  const reply = labelSaid(repliesOf(step), words.text, reader.locale)
  if (reply) return { type: 'reply', stepId: step.id, replyId: reply.id }
  const isFree = step.kind === 'ask' && repliesOf(step).every(({ value: own }) => own === undefined)
  return isFree ? { type: 'slots', slots: { [step.slot]: words.text } } : { type: 'repeat' }
}

function valueOf(step: AskStep, { text, at }: Words, { locale }: TrialReader): SlotValue | undefined {
  if (isOwnSlot(step.slot)) return saidFor(step, text, { isAsked: true })
  const [field = '', part] = step.slot.split('.')
  const expecting = [{ field: field as Fact['field'], ...(part === undefined ? {} : { part }) }]
  return slotsOf(currentValues(extractFacts(text, { locale, now: new Date(at), expecting, known: [] })))[step.slot]
}

type Telling = { before: Omit<Trial, 'run'>; progress: Progress }

function told(flow: Flow, reader: TrialReader, { before, progress }: Telling): Trial {
  const { run, effects } = progress
  const waits = run.state === 'checking'
  const described = describeRun(flow, run, reader)
  // While a look is awaited nothing is said yet: what was said on the way comes together with what follows.
  const text = waits ? '' : bubbleOf(described)
  return {
    run,
    bubbles: text === '' ? before.bubbles : [...before.bubbles, { by: 'assistant', text }],
    effects: [...before.effects, ...effects],
    passed: [...new Set([...before.passed, ...passedBy(run)])],
  }
}

const bubbleOf = ({ lead, current, end }: RunDescription): string =>
  [...lead, ...(current ? [current] : []), ...(end ? [end] : [])]
    .map(({ title, text, note }) => [title, text, note && `— ${note}`].filter(Boolean).join('\n'))
    .filter((text) => text !== '')
    .join('\n\n')

function passedBy(run: Run): string[] {
  const here = isOpen(run) ? run.currentStepId : run.endStepId
  return [
    ...run.steps.map(({ stepId }) => stepId),
    ...run.passed.map(({ stepId }) => stepId),
    ...(here === undefined ? [] : [here]),
  ]
}

export const currentOf = (flow: Flow, run: Run, reader: Reader): CurrentStep | undefined =>
  describeRun(flow, run, reader).current

/** Where the run stands on the canvas. */
export const standsAt = (run: Run): string | undefined => (isOpen(run) ? run.currentStepId : run.endStepId)

/** The last thing said can be taken back: the run is played again without it. */
export function replay(flow: Flow, reader: TrialReader, played: readonly Played[]): Trial {
  return played.reduce((trial, each) => goOn(flow, { trial, reader }, each), beginTrial(flow, reader))
}

export const sampleValues = (words: (name: string) => string): PlaceholderValues =>
  Object.fromEntries(
    ['brand', 'appHost', 'supportEmail', 'uploadLimit', 'captureLimit', 'reference', 'statusUrl'].map((name) => [
      name,
      words(name),
    ]),
  )
