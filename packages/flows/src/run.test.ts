import { describe, expect, test } from 'vitest'
import type { Flow } from './flow.ts'
import { FlowError, type FlowErrorCode } from './flow-error.ts'
import { ssoNoAccountsFound, starterFlows, uploadFailures } from './index.ts'
import { answerStep, describeRun, type Run, startRun } from './run.ts'

const at = '2026-11-24T08:06:00.000Z'
const answer = (run: Run, stepId: string, replyId: string): Run =>
  answerStep(uploadFailures, run, { stepId, replyId, at })

const codeOf = (act: () => unknown): FlowErrorCode | undefined => {
  try {
    act()
  } catch (error) {
    if (error instanceof FlowError) return error.code
  }
  return undefined
}

describe('a run', () => {
  test('starts at the first step', () => {
    expect(startRun(uploadFailures)).toEqual({
      flowId: 'upload-failures',
      flowVersion: 1,
      steps: [],
      state: 'running',
      currentStepId: 'file-size',
    })
  })

  test('records each outcome with its time and moves on', () => {
    const run = answer(answer(startRun(uploadFailures), 'file-size', 'under-limit'), 'reload', 'still-fails')
    expect(run.steps).toEqual([
      { stepId: 'file-size', replyId: 'under-limit', outcome: 'not_fixed', at },
      { stepId: 'reload', replyId: 'still-fails', outcome: 'not_fixed', at },
    ])
    expect(run).toMatchObject({ state: 'running', currentStepId: 'clear-site-data' })
  })

  test('ends when something worked', () => {
    const run = answer(answer(startRun(uploadFailures), 'file-size', 'skip'), 'reload', 'worked')
    expect(run.state).toBe('done')
    expect(run).not.toHaveProperty('currentStepId')
  })

  test('ends in a handover when nothing is left to try', () => {
    let run = startRun(uploadFailures)
    run = answer(run, 'file-size', 'under-limit')
    for (const step of ['reload', 'clear-site-data', 'extensions', 'private-window'])
      run = answer(run, step, 'still-fails')
    expect(answer(run, 'network', 'not-possible').state).toBe('handover')
  })

  test('refuses a step that is not the current one', () => {
    expect(codeOf(() => answer(startRun(uploadFailures), 'network', 'worked'))).toBe('flow.step_not_current')
  })

  test('refuses a reply that the step does not offer', () => {
    expect(codeOf(() => answer(startRun(uploadFailures), 'file-size', 'maybe'))).toBe('flow.reply_unknown')
  })

  test('refuses another flow, and any answer after its end', () => {
    const run = startRun(uploadFailures)
    expect(codeOf(() => answerStep(ssoNoAccountsFound, run, { stepId: 'exact-account', replyId: 'worked', at }))).toBe(
      'flow.other_flow',
    )
    const ended = answer(run, 'file-size', 'made-smaller')
    expect(codeOf(() => answer(ended, 'reload', 'worked'))).toBe('flow.run_ended')
  })

  test('the same answer sent twice changes nothing', () => {
    const once = answer(startRun(uploadFailures), 'file-size', 'under-limit')
    expect(answer(once, 'file-size', 'under-limit')).toBe(once)
    const ended = answer(once, 'reload', 'worked')
    expect(answer(ended, 'reload', 'worked')).toBe(ended)
  })

  test('survives being stored as JSON', () => {
    const run = answer(startRun(uploadFailures), 'file-size', 'under-limit')
    const restored: Run = JSON.parse(JSON.stringify(run))
    expect(answer(restored, 'reload', 'worked')).toEqual(answer(run, 'reload', 'worked'))
  })

  test('a run whose step has gone in a newer version says so', () => {
    const run = answer(startRun(uploadFailures), 'file-size', 'under-limit')
    const newer: Flow = {
      ...uploadFailures,
      version: 2,
      steps: uploadFailures.steps.filter(({ id }) => id !== 'reload'),
    }
    expect(codeOf(() => answerStep(newer, run, { stepId: 'reload', replyId: 'worked', at }))).toBe('flow.step_unknown')
  })
})

describe('describing a run', () => {
  test('shows what was tried and what comes next, in the reader’s language', () => {
    const run = answer(answer(startRun(uploadFailures), 'file-size', 'skip'), 'reload', 'still-fails')
    const described = describeRun(uploadFailures, run, 'el')
    expect(described.title).toBe('Αποτυχία μεταφόρτωσης αρχείου')
    expect(described.tried).toBe(1)
    expect(described.steps.map(({ outcome }) => outcome)).toEqual([
      'skipped',
      'not_fixed',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(described.current?.id).toBe('clear-site-data')
    expect(described.current?.replies.map(({ label }) => label)).toContain('Λύθηκε')
  })

  test('an ended run has no current step', () => {
    const run = answer(startRun(uploadFailures), 'file-size', 'made-smaller')
    expect(describeRun(uploadFailures, run, 'en').current).toBeUndefined()
  })

  test.each(starterFlows)('every way through $id comes to an end within its steps', (flow) => {
    const walk = (run: Run): void => {
      expect(run.steps.length).toBeLessThanOrEqual(flow.steps.length)
      if (run.state !== 'running') return
      const stepId = run.currentStepId
      for (const reply of flow.steps.find(({ id }) => id === stepId)?.replies ?? []) {
        walk(answerStep(flow, run, { stepId, replyId: reply.id, at }))
      }
    }
    walk(startRun(flow))
  })
})
