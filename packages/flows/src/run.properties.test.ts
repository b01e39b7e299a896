import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance } from './advance.ts'
import { describeRun } from './describe.ts'
import type { Flow } from './flow.ts'
import { limits } from './limits.ts'
import { isOpen, type Run, readRun } from './run.ts'
import type { Facts, RunInput } from './run-input.ts'
import type { SlotValue } from './slots.ts'
import { startRun } from './start.ts'
import { findStep } from './steps.ts'
import { randomFlow } from './testing/random-flow.ts'
import { validateFlow } from './validate.ts'

const facts: fc.Arbitrary<Facts> = fc
  .record(
    {
      'environment.device': fc.constantFrom<SlotValue>('desktop', 'phone', 'tablet'),
      'account.plan': fc.constantFrom<SlotValue>('free', 'team'),
      'environment.vpn': fc.boolean() as fc.Arbitrary<SlotValue>,
    },
    { requiredKeys: [] },
  )
  .map((slots) => ({ slots: slots as Record<string, SlotValue> }))

/** Picks, one after the other; at the end it begins again, so a walk takes whatever way it must. */
const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 })

function nextInput(flow: Flow, run: Run, pick: number): RunInput | undefined {
  const at = '2026-11-24T08:06:00.000Z'
  if (run.state === 'checking') {
    const outcome = ['open', 'none', 'unknown'][pick % 3] ?? 'unknown'
    return { type: 'checks', results: run.needs.map(({ stepId }) => ({ stepId, outcome })), at }
  }
  const { current } = describeRun(flow, run, { locale: 'en' })
  if (!current) return undefined
  if (pick % 7 === 0) return { type: 'skip', stepId: current.stepId, at }
  const { id = '' } = current.replies[pick % current.replies.length] ?? {}
  return { type: 'reply', stepId: current.stepId, replyId: id, at }
}

/** Every state of a walk, the input after which it came, and the one before. */
function* walkThrough(flow: Flow, known: Facts, chosen: readonly number[]) {
  let { run } = startRun(flow, known)
  yield { run, input: undefined }
  for (let turn = 0; turn <= limits.records + flow.steps.length; turn += 1) {
    const input = nextInput(flow, run, (chosen[turn % chosen.length] ?? 0) + turn)
    if (!input) return
    run = advance(flow, run, { input, facts: known }).run
    yield { run, input }
  }
}

const settings = { seed: 4, numRuns: 200 }

test('random flows are valid, and every walk through one ends', () => {
  fc.assert(
    fc.property(randomFlow, facts, picks, (flow, known, chosen) => {
      expect(validateFlow(flow)).toEqual([])
      const states = [...walkThrough(flow, known, chosen)]
      const last = states.at(-1)?.run
      expect(last && isOpen(last)).toBe(false)
      expect(last && readRun(JSON.parse(JSON.stringify(last)))).toEqual(last)
    }),
    settings,
  )
})

test('nothing is asked that is known, or that was asked before', () => {
  fc.assert(
    fc.property(randomFlow, facts, picks, (flow, known, chosen) => {
      const asked = new Set<string>()
      let before = ''
      for (const { run } of walkThrough(flow, known, chosen)) {
        if (!isOpen(run) || run.currentStepId === before) continue
        before = run.currentStepId
        const step = findStep(flow, before)
        if (step?.kind !== 'ask') continue
        expect(known.slots).not.toHaveProperty([step.slot])
        expect(asked.has(step.slot)).toBe(false)
        asked.add(step.slot)
      }
    }),
    settings,
  )
})

test('whatever is sent again changes nothing', () => {
  fc.assert(
    fc.property(randomFlow, facts, picks, (flow, known, chosen) => {
      let { run } = startRun(flow, known)
      const sent: RunInput[] = []
      for (let turn = 0; turn < 30; turn += 1) {
        const plain = nextInput(flow, run, (chosen[turn % chosen.length] ?? 0) + turn)
        if (!plain) break
        const input = { ...plain, id: `m${turn}` }
        run = advance(flow, run, { input, facts: known }).run
        sent.push(input)
        // Looks carry no message of a person; a late one finds another step or none.
        for (const again of sent.filter(({ type }) => type !== 'checks'))
          expect(advance(flow, run, { input: again, facts: known })).toEqual({ run, effects: [] })
      }
    }),
    settings,
  )
})

test('a correction at any time leaves a run that ends too', () => {
  fc.assert(
    fc.property(randomFlow, facts, picks, fc.nat(20), (flow, known, chosen, when) => {
      const states = [...walkThrough(flow, known, chosen)].map(({ run }) => run)
      const some = states[when % states.length]
      const answered = some?.steps.find(({ by }) => by === 'person')
      if (!some || !answered) return
      const input: RunInput = { type: 'correct', stepId: answered.stepId, at: answered.at }
      let { run } = advance(flow, some, { input, facts: known })
      expect(run).toMatchObject({ state: 'running', currentStepId: answered.stepId })
      for (let turn = 0; turn <= limits.records + flow.steps.length; turn += 1) {
        const next = nextInput(flow, run, (chosen[turn % chosen.length] ?? 0) + turn)
        if (!next) break
        run = advance(flow, run, { input: next, facts: known }).run
      }
      expect(isOpen(run)).toBe(false)
    }),
    settings,
  )
})
