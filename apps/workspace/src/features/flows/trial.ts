import { advance } from '@clew/flows/advance'
import { type CurrentStep, describeRun, type Reader, type RunDescription } from '@clew/flows/describe'
import type { Flow } from '@clew/flows/flow'
import type { PlaceholderValues } from '@clew/flows/placeholders'
import { isOpen, type Progress, type Run } from '@clew/flows/run'
import type { Effect, RunInput } from '@clew/flows/run-input'
import type { SlotValue } from '@clew/flows/slots'
import { startRun } from '@clew/flows/start'

/** What was said so far, as the bubble shows it. */
export type Bubble = { by: 'assistant' | 'contact'; text: string }
export type Trial = {
  run: Run
  bubbles: readonly Bubble[]
  effects: readonly Effect[]
  /** The steps that were come by, the current one too. */
  passed: readonly string[]
}
export type TrialReader = Reader & { facts: Readonly<Record<string, SlotValue>> }

/** A run in the browser, by the runner that the assistant uses. */
export function beginTrial(flow: Flow, reader: TrialReader): Trial {
  const progress = startRun(flow, { slots: reader.facts })
  return told(flow, reader, { before: { bubbles: [], effects: [], passed: [] }, progress })
}

export type Played = { input: RunInput; said: string | undefined }
type Walking = { trial: Trial; reader: TrialReader }

export function goOn(flow: Flow, { trial, reader }: Walking, { input, said }: Played): Trial {
  const progress = advance(flow, trial.run, { input, facts: { slots: reader.facts } })
  const bubbles: readonly Bubble[] =
    said === undefined ? trial.bubbles : [...trial.bubbles, { by: 'contact', text: said }]
  return told(flow, reader, { before: { ...trial, bubbles }, progress })
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
