import { type Flow, type FlowStep, isPlainEnd, type LocalText } from './flow.ts'
import { placeholderNames, placeholdersIn } from './placeholders.ts'
import { type FlowPath, type Problem, problem, suggest } from './problems.ts'
import { caseSlots, fitsSlot, type SlotValue, slotType } from './slots.ts'
import { edgesOf, type OwnEffects, outcomeOf, type Reply, repliesOf } from './steps.ts'

/** What the shape cannot say: names that have to exist, and things that only make sense together. */
export function senseProblems(flow: Flow): Problem[] {
  const ids = flow.steps.map(({ id }) => id)
  return [
    ...doubles(ids, ['steps']),
    ...ids.flatMap((id, index) => (isPlainEnd(id) ? [problem(['steps', index, 'id'], 'reserved_id', { id })] : [])),
    ...flow.steps.flatMap((step, index) => stepProblems(step, ['steps', index], new Set(ids))),
    ...placeholderProblems(flow),
  ]
}

function stepProblems(step: FlowStep, at: FlowPath, ids: ReadonlySet<string>): Problem[] {
  const lost = new Map(
    edgesOf(step).flatMap(({ next, path }) => {
      const place = [...at, ...path]
      if (next === undefined) return [[place.join('.'), problem(place, 'no_way_on')] as const]
      const known = isPlainEnd(next) || ids.has(next)
      return known
        ? []
        : [
            [
              place.join('.'),
              problem(place, 'unknown_step', { step: next, ...suggest(next, [...ids, 'done', 'handover']) }),
            ] as const,
          ]
    }),
  )
  return [...lost.values(), ...ownProblems(step, at), ...('set' in step ? effectProblems(step, at) : [])]
}

function ownProblems(step: FlowStep, at: FlowPath): Problem[] {
  switch (step.kind) {
    case 'do':
      return [...replyProblems(repliesOf(step), at), ...doProblems(repliesOf(step), at)]
    case 'ask':
      return [
        ...slotProblem(step.slot, [...at, 'slot']),
        ...replyProblems(repliesOf(step), at),
        ...repliesOf(step).flatMap(({ value }, index) => valueProblem(step.slot, value, [...at, 'replies', index])),
      ]
    case 'branch':
      return [
        ...slotProblem(step.slot, [...at, 'slot']),
        ...step.cases.flatMap(({ is }, index) =>
          (Array.isArray(is) ? is : [is]).flatMap((value) =>
            valueProblem(step.slot, value, [...at, 'cases', index, 'is']),
          ),
        ),
      ]
    case 'check':
      return checkProblems(step, at)
    case 'end':
      return endProblems(step, at)
    case 'say':
      return []
  }
}

function replyProblems(replies: readonly Reply[], at: FlowPath): Problem[] {
  return [
    ...doubles(
      replies.map(({ id }) => id),
      [...at, 'replies'],
    ),
    ...replies.flatMap((reply, index) => {
      const place = [...at, 'replies', index]
      return [
        ...(reply.label === undefined ? [problem([...place, 'label'], 'missing')] : []),
        ...(reply.reason !== undefined && reply.next !== 'handover' ? [problem([...place, 'reason'], 'needless')] : []),
        ...effectProblems(reply.effects, place),
      ]
    }),
  ]
}

function doProblems(replies: readonly Reply[], at: FlowPath): Problem[] {
  const wrong = replies.flatMap(({ outcome, next }, index) => {
    const place = [...at, 'replies', index]
    if (outcome === undefined) return [problem([...place, 'outcome'], 'missing')]
    return outcome === 'fixed' && next !== 'done' ? [problem([...place, 'next'], 'fixed_must_end')] : []
  })
  // Somebody for whom it does not work needs something to press.
  return replies.every(({ outcome }) => outcome === 'fixed')
    ? [...wrong, problem([...at, 'replies'], 'no_way_on')]
    : wrong
}

function checkProblems(step: Extract<FlowStep, { kind: 'check' }>, at: FlowPath): Problem[] {
  const names = Object.keys(step.outcomes)
  const effects = names.flatMap((name) => effectProblems(outcomeOf(step, name), [...at, 'outcomes', name]))
  if (step.check === 'slot-known') return [...effects, ...slotProblem(step.with.slot, [...at, 'with', 'slot'])]
  if (step.check !== 'membership') return effects
  // Whether an address is a member is nothing a stranger may learn: not from words, and not from which step comes next.
  const usual = step.outcomes.unknown
  const usualNext = typeof usual === 'string' ? usual : usual.next
  const telling = names.filter((name) => {
    const { next, say } = outcomeOf(step, name)
    return next !== usualNext || say !== undefined
  })
  return [
    ...effects,
    ...telling.map((name) => problem([...at, 'outcomes', name], 'tells_membership', { outcome: name })),
  ]
}

function endProblems(step: Extract<FlowStep, { kind: 'end' }>, at: FlowPath): Problem[] {
  return [
    ...(step.reason !== undefined && step.end !== 'handover' ? [problem([...at, 'reason'], 'needless')] : []),
    ...(step.flow !== undefined && step.end !== 'flow' ? [problem([...at, 'flow'], 'needless')] : []),
    ...(step.flow === undefined && step.end === 'flow' ? [problem([...at, 'flow'], 'missing')] : []),
    ...(step.say === undefined && step.end === 'answer' ? [problem([...at, 'say'], 'missing')] : []),
  ]
}

function effectProblems(effects: OwnEffects, at: FlowPath): Problem[] {
  return Object.entries(effects.set ?? {}).flatMap(([slot, value]) => {
    const place = [...at, 'set', slot]
    const unknown = slotProblem(slot, place)
    return unknown.length > 0 ? unknown : valueProblem(slot, value, place)
  })
}

const slotProblem = (slot: string, at: FlowPath): Problem[] =>
  slotType(slot) === undefined ? [problem(at, 'unknown_slot', { slot, ...suggest(slot, Object.keys(caseSlots)) })] : []

const valueProblem = (slot: string, value: SlotValue | undefined, at: FlowPath): Problem[] =>
  value === undefined || slotType(slot) === undefined || fitsSlot(slot, value)
    ? []
    : [problem(at, 'bad_slot_value', { slot, value: String(value) })]

function doubles(ids: readonly string[], at: FlowPath): Problem[] {
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [problem([...at, index, 'id'], 'duplicate_id', { id })] : [],
  )
}

function placeholderProblems(flow: Flow): Problem[] {
  const declared = flow.placeholders ?? []
  const known: readonly string[] = placeholderNames
  return [
    ...declared.flatMap((name, index) =>
      known.includes(name)
        ? []
        : [problem(['placeholders', index], 'unknown_placeholder', { name, ...suggest(name, known) })],
    ),
    ...textsOf(flow, []).flatMap(({ text, at }) =>
      [...new Set(placeholdersIn(text))]
        .filter((name) => !declared.includes(name))
        .map((name) => problem(at, 'undeclared_placeholder', { name, ...suggest(name, declared) })),
    ),
  ]
}

/** Every sentence for people, wherever it stands. */
function textsOf(part: unknown, at: FlowPath): { text: string; at: FlowPath }[] {
  if (typeof part !== 'object' || part === null) return []
  if (isLocalText(part))
    return [
      { text: part.en, at: [...at, 'en'] },
      { text: part.el, at: [...at, 'el'] },
    ]
  return Object.entries(part).flatMap(([key, value]) =>
    textsOf(value, [...at, Array.isArray(part) ? Number(key) : key]),
  )
}

const isLocalText = (part: object): part is LocalText =>
  'en' in part && 'el' in part && typeof part.en === 'string' && typeof part.el === 'string'
