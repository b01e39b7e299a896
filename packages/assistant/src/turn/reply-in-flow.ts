import { type Flow, findStep, isOwnSlot, type Reply, type Run, repliesOf, slotsOf } from '@clew/flows'
import { currentValues } from '@clew/intake'
import { tokenise } from '@clew/text'
import type { Dialogue } from '../dialogue/dialogue.ts'
import { phrases, saidIn } from '../understanding/said.ts'
import type { Understanding } from '../understanding/understand.ts'
import type { Changed, Going } from './flow.ts'
import { labelSaid, ownQuestions, saidFor } from './read-words.ts'
import type { Turn } from './step.ts'

/** What typed words mean to the open step of a flow; undefined if they are about something else. */
export function readAsReply(turn: Turn, dialogue: Dialogue, understood: Understanding): Going | Changed | undefined {
  const step = openStep(turn, dialogue)
  if (!step) return undefined
  const { acts, signs } = understood
  const changed = changedAnswer(turn, dialogue, { step, understood })
  if (changed) return changed
  if (acts.cancel > 0.6 && !signs.has('fixed')) return { type: 'cancel' }
  if (acts.skip > 0.5) return { type: 'skip', stepId: step.id }
  const own = ownAnswer(step, understood)
  if (own) return own
  if (acts.repeat > 0.5 || isNod(understood.text)) return { type: 'repeat' }
  return step.kind === 'ask' ? answerTo(turn, step, understood) : resultOf(turn, dialogue, { step, understood })
}

type Step = Flow['steps'][number]
type DoStep = Extract<Step, { kind: 'do' }>
type AskStep = Extract<Step, { kind: 'ask' }>

const flowOf = ({ knowledge: { flows } }: Turn, run: Run): Flow | undefined =>
  flows.find(run.flowId, run.flowVersion) ?? flows.find(run.flowId)

/** Another value for a question that was answered: by a rule at once, by the words of a reply only if they correct. */
function changedAnswer(
  turn: Turn,
  { run }: Dialogue,
  { step: open, understood }: { step: DoStep | AskStep; understood: Understanding },
): Changed | undefined {
  const flow = run && flowOf(turn, run)
  if (!run || !flow) return undefined
  for (const step of ownQuestions(flow)) {
    const before = run.slots[step.slot]
    if (before === undefined || step.id === open.id) continue
    if (step.read === undefined && understood.acts.correction < 0.4) continue
    const value = saidFor(step, understood.text)
    if (value !== undefined && value !== before) return { type: 'changed', stepId: step.id, slot: step.slot, value }
  }
  return undefined
}

function openStep(turn: Turn, { run }: Dialogue): DoStep | AskStep | undefined {
  if (run?.state !== 'running') return undefined
  const flow = flowOf(turn, run)
  const step = flow && findStep(flow, run.currentStepId)
  return step?.kind === 'do' || step?.kind === 'ask' ? step : undefined
}

function resultOf(
  turn: Turn,
  dialogue: Dialogue,
  { step, understood }: { step: DoStep; understood: Understanding },
): Going | undefined {
  const replies = repliesOf(step)
  const outcome = dialogue.otherQuestion && isBare(understood) ? undefined : outcomeOf(understood)
  const reply =
    labelSaid(replies, understood.text, turn.locale) ?? (outcome && replies.find((each) => each.outcome === outcome))
  return reply && { type: 'reply', stepId: step.id, replyId: reply.id }
}

/** A question of the flow's own is answered by its rule or by the words of its replies. */
function ownAnswer(step: DoStep | AskStep, { text }: Understanding): Going | undefined {
  const value = step.kind === 'ask' && isOwnSlot(step.slot) ? saidFor(step, text, { isAsked: true }) : undefined
  return step.kind === 'ask' && value !== undefined ? { type: 'slots', slots: { [step.slot]: value } } : undefined
}

function answerTo(turn: Turn, step: AskStep, understood: Understanding): Going | undefined {
  const learnt = slotsOf(currentValues(turn.learnt))
  const value = Object.hasOwn(learnt, step.slot) ? learnt[step.slot] : undefined
  if (value !== undefined) return { type: 'slots', slots: { [step.slot]: value } }
  const said = labelSaid(repliesOf(step), understood.text, turn.locale)
  return said && { type: 'reply', stepId: step.id, replyId: said.id }
}

export const isBare = ({ text, acts }: Understanding): boolean => tokenise(text).length < 6 && acts.thanks < 0.3

const nods = phrases(`
  ok/okay/okey/okie/k/sure/alright/right/fine/understood/noted
  will do/try
  trying
  εντάξει/οκ/κατάλαβα/μάλιστα/δοκιμάζω
  θα δοκιμάσω/το δοκιμάζω
  εντάξει/ok θα δω`)

/** "OK" says that it was read, not that it helped. */
export const isNod = (text: string): boolean =>
  tokenise(text).length <= 3 && nods.in(saidIn(text)) && !thanked.test(text)

const thanked =
  /thank|thx|cheers|ευχαριστ|efxarist|euxarist|work|fixed|help|\p{L}*λύθηκ|δούλε|no\b|not\b|n[’']t|δεν|όχι/iu

function outcomeOf({ acts, signs, text }: Understanding): Reply['outcome'] | undefined {
  const fixed = acts.affirm + acts.thanks
  const isShort = tokenise(text).length < 8
  if (isShort && signs.has('not-fixed') && acts.problem + acts.question < 0.5) return 'not_fixed'
  if (isShort && signs.has('fixed') && !signs.has('not-fixed')) return 'fixed'
  if (acts.deny > 0.5 && acts.deny > fixed) return 'not_fixed'
  return fixed > 0.5 ? 'fixed' : undefined
}
