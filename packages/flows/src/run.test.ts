import { describe, expect, test } from 'vitest'
import { advance } from './advance.ts'
import { answerChecks } from './answer-checks.ts'
import { describeRun, triedSteps } from './describe.ts'
import type { Flow } from './flow.ts'
import { FlowError, type FlowErrorCode } from './flow-error.ts'
import { flowLibrary } from './library.ts'
import { limits } from './limits.ts'
import { rebaseRun } from './rebase.ts'
import { type Progress, type Run, readRun } from './run.ts'
import type { Facts, RunInput } from './run-input.ts'
import { caseValueOf, type SlotValue, slotsOf } from './slots.ts'
import { startRun } from './start.ts'
import { sampleFlow } from './testing/sample-flow.ts'

const at = '2026-11-24T08:06:00.000Z'
const nothing: Facts = { slots: {} }
const knowing = (slots: Record<string, SlotValue>): Facts => ({ slots })

type Move = RunInput extends infer Input ? (Input extends RunInput ? Omit<Input, 'at'> : never) : never
const reply = (stepId: string, replyId: string, id?: string): Move => ({
  type: 'reply',
  stepId,
  replyId,
  ...(id === undefined ? {} : { id }),
})
const found = (stepId: string, outcome: string): Move => ({ type: 'checks', results: [{ stepId, outcome }] })

/** Walks the sample from the beginning, or from a run. */
function walk(moves: readonly Move[], facts: Facts = nothing, from: Run = startRun(sampleFlow, facts).run): Progress {
  return moves.reduce<Progress>(
    ({ run, effects }, move) => {
      const next = advance(sampleFlow, run, { input: { ...move, at } as RunInput, facts })
      return { run: next.run, effects: [...effects, ...next.effects] }
    },
    { run: from, effects: [] },
  )
}

const codeOf = (act: () => unknown): FlowErrorCode | undefined => {
  try {
    act()
  } catch (error) {
    if (error instanceof FlowError) return error.code
    throw error
  }
  return undefined
}

const begun = [found('look', 'none'), reply('device', 'desktop')]

describe('a run', () => {
  test('starts by asking what the product can see itself', () => {
    expect(startRun(sampleFlow, nothing)).toEqual({
      effects: [],
      run: {
        flowId: 'printer',
        flowVersion: 3,
        steps: [],
        slots: {},
        values: {},
        passed: [],
        heard: {},
        kept: [],
        came: [],
        state: 'checking',
        currentStepId: 'look',
        needs: [{ stepId: 'look', check: 'incident-open', params: { component: 'printers' } }],
      },
    })
  })

  test.each<[string, Move[], Facts, string]>([
    ['goes on from a check', [found('look', 'none')], nothing, 'running device'],
    ['takes an unknown result for unknown', [found('look', 'nonsense')], nothing, 'running device'],
    ['ends with an answer', [found('look', 'open')], nothing, 'answered known'],
    ['goes where a reply leads', [found('look', 'none'), reply('device', 'phone')], nothing, 'continued no-phone'],
    ['follows a branch', begun, nothing, 'running plug'],
    [
      'does not ask what the case knows',
      [found('look', 'none')],
      knowing({ 'environment.device': 'desktop' }),
      'running plug',
    ],
    [
      'and goes where that leads',
      [found('look', 'none')],
      knowing({ 'environment.device': 'phone' }),
      'continued no-phone',
    ],
    [
      'and where a branch does',
      [found('look', 'none')],
      knowing({ 'environment.device': 'tablet' }),
      'continued no-phone',
    ],
    [
      'takes words for an answer',
      [found('look', 'none'), { type: 'slots', slots: { 'environment.device': 'Desktop' } }],
      nothing,
      'running plug',
    ],
    [
      'keeps other words for later',
      [{ type: 'slots', slots: { 'environment.device': 'phone' } }, found('look', 'none')],
      nothing,
      'continued no-phone',
    ],
    ['ends when something worked', [...begun, reply('plug', 'worked')], nothing, 'done'],
    [
      'goes round with a reply',
      [...begun, reply('plug', 'still-fails'), reply('restart', 'again')],
      nothing,
      'running plug',
    ],
    [
      'ends with a person',
      [...begun, reply('plug', 'still-fails'), reply('restart', 'still-fails')],
      nothing,
      'handover to-person',
    ],
    ['skips an action', [...begun, { type: 'skip', stepId: 'plug' }], nothing, 'running restart'],
    [
      'skips one that has no button for it',
      [...begun, { type: 'skip', stepId: 'plug' }, { type: 'skip', stepId: 'restart' }],
      nothing,
      'running plug',
    ],
    ['skips a question', [found('look', 'none'), { type: 'skip', stepId: 'device' }], nothing, 'running plug'],
    ['skips a look', [{ type: 'skip', stepId: 'look' }], nothing, 'running device'],
    ['is called off', [...begun, { type: 'cancel' }], nothing, 'cancelled'],
    ['says the same again', [...begun, { type: 'repeat' }], nothing, 'running plug'],
  ])('%s', (_name, moves, facts, expected) => {
    const { run } = walk(moves, facts)
    const where = 'currentStepId' in run ? run.currentStepId : (run.endStepId ?? '')
    expect(`${run.state} ${where}`.trim()).toBe(expected)
  })

  test('says what follows from it, once', () => {
    expect(walk([found('look', 'open')]).effects).toEqual([
      { type: 'tag', tag: 'known' },
      { type: 'article', slug: 'status' },
    ])
    expect(walk(begun).effects).toEqual([{ type: 'slot', slot: 'environment.device', value: 'desktop' }])
    expect(walk([...begun, reply('plug', 'no-cable')]).effects.slice(1)).toEqual([
      { type: 'tried', stepId: 'plug', outcome: 'not_possible' },
      { type: 'tag', tag: 'no-cable' },
      { type: 'handover', reason: 'fault' },
    ])
    const { run } = walk([...begun, reply('plug', 'no-cable')])
    expect(walk([reply('plug', 'no-cable')], nothing, run)).toEqual({ run, effects: [] })
  })

  test('refuses what does not fit', () => {
    const { run } = walk(begun)
    const step = (move: Move, from = run) => codeOf(() => walk([move], nothing, from))
    expect(step(reply('restart', 'worked'))).toBe('flow.step_not_current')
    expect(step(reply('plug', 'maybe'))).toBe('flow.reply_unknown')
    expect(step({ type: 'correct', stepId: 'restart' })).toBe('flow.step_not_answered')
    expect(step(reply('restart', 'worked'), walk([reply('plug', 'worked')], nothing, run).run)).toBe('flow.run_ended')
    const other: Flow = { ...sampleFlow, id: 'other' }
    const input: RunInput = { type: 'repeat', at }
    expect(codeOf(() => advance(other, run, { input, facts: nothing }))).toBe('flow.other_flow')
    expect(codeOf(() => advance({ ...sampleFlow, version: 4 }, run, { input, facts: nothing }))).toBe(
      'flow.other_version',
    )
  })

  test('goes round only so often', () => {
    const round = [reply('plug', 'still-fails'), reply('restart', 'again')]
    const { run } = walk([...begun, ...Array.from({ length: limits.records / 2 - 1 }, () => round).flat()])
    expect(run).toMatchObject({ state: 'handover', reason: 'too-long' })
  })

  test('survives being stored as JSON', () => {
    const { run } = walk([...begun, reply('plug', 'still-fails')])
    expect(readRun(JSON.parse(JSON.stringify(run)))).toEqual(run)
  })
})

describe('a resend', () => {
  test('of the last reply changes nothing', () => {
    const { run } = walk([...begun, reply('plug', 'still-fails')])
    expect(walk([reply('plug', 'still-fails')], nothing, run).run).toBe(run)
  })

  test('of any message changes nothing, wherever the run is by then', () => {
    const { run } = walk([...begun, reply('plug', 'still-fails', 'm1'), reply('restart', 'again', 'm2')])
    expect(walk([reply('plug', 'still-fails', 'm1')], nothing, run)).toEqual({ run, effects: [] })
    const corrected = walk(
      [{ type: 'correct', stepId: 'device', id: 'm3' }, reply('device', 'desktop', 'm4')],
      nothing,
      run,
    ).run
    expect(walk([{ type: 'correct', stepId: 'device', id: 'm3' }], nothing, corrected).run).toBe(corrected)
  })

  test('of a look that was taken changes nothing', () => {
    const { run } = walk(begun)
    expect(walk([found('look', 'open')], nothing, run).run).toBe(run)
  })
})

describe('a correction', () => {
  test('asks again, though the case knows it by now, and keeps the later answers that still fit', () => {
    const known = knowing({ 'environment.device': 'desktop' })
    const { run } = walk([...begun, reply('plug', 'still-fails')])
    const back = walk([{ type: 'correct', stepId: 'device' }], known, run).run
    expect(back).toMatchObject({ state: 'running', currentStepId: 'device' })
    expect(walk([reply('device', 'phone')], known, back).run).toMatchObject({
      state: 'continued',
      nextFlowId: 'phones',
    })
    expect(walk([reply('device', 'desktop')], known, back).run).toMatchObject({
      state: 'running',
      currentStepId: 'restart',
    })
    expect(triedSteps(sampleFlow, back, { locale: 'en' }).map(({ id }) => id)).toEqual(['plug'])
  })

  test('opens a run that had ended', () => {
    const { run } = walk([...begun, reply('plug', 'worked'), { type: 'correct', stepId: 'plug' }])
    expect(run).toMatchObject({ state: 'running', currentStepId: 'plug' })
    expect(triedSteps(sampleFlow, run, { locale: 'en' })).toEqual([])
    expect(walk([reply('plug', 'still-fails')], nothing, run).run).toMatchObject({ currentStepId: 'restart' })
  })
})

describe('another version of the flow', () => {
  const stored = walk(begun).run
  const newer: Flow = { ...sampleFlow, version: 4 }
  const without = { ...newer, steps: newer.steps.filter(({ id }) => id !== 'plug') }

  test('an old run goes on with the old flow while that is there', () => {
    expect(rebaseRun(stored, flowLibrary([sampleFlow, newer]), nothing)).toEqual({
      run: stored,
      flow: sampleFlow,
      effects: [],
    })
  })

  test('nobody begins a version that is kept for old runs, and nobody goes on with a flow that was stopped', () => {
    const kept = flowLibrary([], { older: [sampleFlow] })
    expect([kept.all, kept.find(sampleFlow.id)]).toEqual([[], undefined])
    expect(rebaseRun(stored, kept, nothing).flow).toBe(sampleFlow)
    const stopped = flowLibrary([newer], { older: [sampleFlow], stopped: [sampleFlow.id] })
    expect(rebaseRun(stored, stopped, nothing)).toMatchObject({
      flow: undefined,
      run: { state: 'handover', reason: 'flow-changed', steps: stored.steps },
    })
    expect(stopped.find(sampleFlow.id, sampleFlow.version)).toBe(sampleFlow)
  })

  test('else at the same step of the new one', () => {
    const { run, flow } = rebaseRun(stored, flowLibrary([newer]), nothing)
    expect(flow).toBe(newer)
    expect(run).toMatchObject({ flowVersion: 4, state: 'running', currentStepId: 'plug', steps: stored.steps })
  })

  test('else with a person', () => {
    const { run, flow, effects } = rebaseRun(stored, flowLibrary([without]), nothing)
    expect(flow).toBeUndefined()
    expect(run).toMatchObject({ state: 'handover', reason: 'flow-changed' })
    expect(effects).toEqual([{ type: 'handover', reason: 'flow-changed' }])
    expect(rebaseRun(stored, flowLibrary([]), nothing).run).toMatchObject({ state: 'handover' })
  })

  test('one that has ended stays as it is', () => {
    const { run } = walk([{ type: 'cancel' }])
    expect(rebaseRun(run, flowLibrary([newer]), nothing)).toEqual({ run, flow: newer, effects: [] })
  })

  test('a run stored before flows had checks is read, by the name that its flow has now', () => {
    const old = {
      flowId: 'upload-failures',
      flowVersion: 1,
      steps: [{ stepId: 'file-size', replyId: 'skip', outcome: 'skipped', at }],
      state: 'running',
      currentStepId: 'reload',
    }
    expect(readRun(old)).toMatchObject({
      flowId: 'upload-failure',
      currentStepId: 'reload',
      slots: {},
      steps: [{ by: 'person' }],
    })
    expect(readRun({ ...old, state: 'handover' })).toMatchObject({ reason: 'exhausted' })
    for (const none of [null, {}, 'x', { ...old, state: 'flying' }]) expect(readRun(none)).toBeUndefined()
  })
})

describe('flows that lead on', () => {
  const ended = walk([
    found('look', 'none'),
    { type: 'slots', slots: { 'flow.own': 'x' } },
    reply('device', 'phone'),
  ]).run

  test('know what was learnt, but not what only the flow before was told', () => {
    const { run } = startRun({ ...sampleFlow, id: 'phones' }, nothing, ended)
    expect(run).toMatchObject({ came: ['printer'], slots: { 'environment.device': 'phone' } })
    expect(run.slots).not.toHaveProperty('flow.own')
  })

  test('do not lead round in a circle', () => {
    const phones = startRun({ ...sampleFlow, id: 'phones' }, nothing, ended).run
    expect(startRun(sampleFlow, nothing, phones).run).toMatchObject({ state: 'handover', reason: 'too-long' })
  })
})

test('looks are answered one after the other', async () => {
  const seen: string[] = []
  const progress = await answerChecks(sampleFlow, startRun(sampleFlow, nothing), {
    facts: nothing,
    at,
    look: async ({ check, params }) => {
      seen.push(`${check} ${String(params['component'])}`)
      return { outcome: 'open', values: { incident: { en: 'No paper', el: 'Χωρίς χαρτί' } } }
    },
  })
  expect(seen).toEqual(['incident-open printers'])
  expect(describeRun(sampleFlow, progress.run, { locale: 'el' }).lead[0]?.text).toBe('It is known: Χωρίς χαρτί. (el)')
})

describe('describing a run', () => {
  const { run } = walk([...begun, reply('plug', 'still-fails')])

  test('for the person who asks', () => {
    const first = describeRun(sampleFlow, walk([found('look', 'none')]).run, {
      locale: 'en',
      values: { brand: 'Northlight' },
    })
    expect(first.lead).toEqual([{ stepId: 'hello', text: 'Let us look, says Northlight.' }])
    expect(first.current).toMatchObject({ kind: 'ask', slot: 'environment.device', title: 'Which device?' })
    expect(first.current?.replies.at(-1)).toEqual({ id: 'not-sure', label: 'I do not know' })
    const second = describeRun(sampleFlow, run, { locale: 'el' })
    expect(second).toMatchObject({
      title: 'The printer is silent (el)',
      article: 'printers',
      state: 'running',
      tried: 1,
      found: [],
    })
    expect(second.steps).toEqual([
      {
        id: 'device',
        title: 'Which device? (el)',
        isCurrent: false,
        outcome: 'answered',
        at,
        answer: 'A computer (el)',
      },
      { id: 'plug', title: 'Plug it in (el)', isCurrent: false, outcome: 'not_fixed', at, answer: 'Δεν λύθηκε' },
      { id: 'restart', title: 'Restart it (el)', isCurrent: true },
    ])
  })

  test('for an agent and for an administrator', () => {
    const plug = walk(begun).run
    expect(describeRun(sampleFlow, plug, { locale: 'en', audience: 'contact' }).current).not.toHaveProperty('note')
    expect(describeRun(sampleFlow, plug, { locale: 'en', audience: 'agent' }).current).toMatchObject({
      text: 'Look at the cable.',
      note: 'It is always the cable.',
    })
    expect(describeRun(sampleFlow, plug, { locale: 'en', audience: 'admin' }).current?.text).toBe(
      'Ask them to look at the cable.',
    )
    const known = walk([found('look', 'open')]).run
    expect(describeRun(sampleFlow, known, { locale: 'en', audience: 'agent' }).found).toEqual([
      { stepId: 'look', check: 'incident-open', result: 'open', text: 'Seen by itself.', at },
    ])
    expect(describeRun(sampleFlow, known, { locale: 'en' }).found).toEqual([])
  })

  test('with its last words', () => {
    const last = walk([...begun, reply('plug', 'skip'), reply('restart', 'still-fails')]).run
    expect(describeRun(sampleFlow, last, { locale: 'en' })).toMatchObject({ end: { text: 'A person comes.' } })
    expect(describeRun(sampleFlow, last, { locale: 'en' })).not.toHaveProperty('current')
  })

  test('what was tried, for the handover', () => {
    expect(triedSteps(sampleFlow, run, { locale: 'en' })).toEqual([
      { id: 'plug', title: 'Plug it in', outcome: 'not_fixed', at },
    ])
  })
})

describe('slots and the case', () => {
  test('a case is read slot by slot', () => {
    const values = {
      account: { email: 'ada@example.org', plan: 'team' },
      environment: { vpn: false, browser: ' ' },
      request_ids: { requestIds: ['req_1', 'req_2'], completionIds: [] },
      timestamps: { said: 'at noon', utc: at },
    }
    expect(slotsOf(values)).toEqual({
      'account.email': 'ada@example.org',
      'account.plan': 'team',
      'environment.vpn': false,
      'request_ids.requestIds': 'req_2',
      timestamps: 'at noon',
    })
  })

  test('and a slot is written in the shape of the case', () => {
    expect(caseValueOf('timestamps', 'at noon')).toEqual({ field: 'timestamps', value: { said: 'at noon' } })
    expect(caseValueOf('request_ids.requestIds', 'req_1')).toEqual({
      field: 'request_ids',
      value: { requestIds: ['req_1'] },
    })
    expect(caseValueOf('flow.own', 'x')).toBeUndefined()
  })
})
