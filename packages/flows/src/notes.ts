import type { Reader } from './describe.ts'
import type { Flow, FlowStep, LocalText } from './flow.ts'
import { fillText } from './placeholders.ts'
import { isOpen, type Run, type StepRecord } from './run.ts'
import { findStep, outcomeOf } from './steps.ts'

/** What a flow says to those who did not walk it: `note` to the agent, `admin` to the administrators of the organisation. */
export type FlowNote = { stepId: string; note?: string; admin?: string }

/** The notes of every step that a run came by, in its order, each once. */
export function notesOf(flow: Flow, run: Run, { locale, values }: Omit<Reader, 'audience'>): FlowNote[] {
  const known = { ...values, ...run.values }
  const read = (text: LocalText | undefined): string | undefined => text && fillText(text, locale, known)
  const last = isOpen(run) ? run.currentStepId : run.endStepId
  const places = [
    ...run.steps.map((record) => ({ stepId: record.stepId, said: saidAt(flow, record) })),
    ...(last === undefined ? [] : [{ stepId: last, said: findStep(flow, last) }]),
  ]
  const notes = new Map<string, FlowNote>()
  for (const { stepId, said } of places) {
    const note = read(said && 'note' in said ? said.note : undefined)
    const admin = read(said && 'admin' in said ? said.admin : undefined)
    notes.delete(stepId)
    if (note === undefined && admin === undefined) continue
    notes.set(stepId, { stepId, ...(note === undefined ? {} : { note }), ...(admin === undefined ? {} : { admin }) })
  }
  return [...notes.values()]
}

/** Of a look, what its result says; of a step, what it says itself. */
function saidAt(flow: Flow, record: StepRecord): FlowStep | ReturnType<typeof outcomeOf> | undefined {
  const step = findStep(flow, record.stepId)
  return record.by === 'product' && step?.kind === 'check' ? outcomeOf(step, record.result) : step
}
