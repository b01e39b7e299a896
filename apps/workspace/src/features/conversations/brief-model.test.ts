import type { ConversationState } from '@clew/client/conversation-state'
import { describe, expect, test } from 'vitest'
import { briefOf, stepsByOutcome } from './brief-model.ts'

const finding = (severity: string, entry: number) => ({ severity, entries: [entry] })
const flow = (id: string) => ({
  type: 'flow_ended',
  flowId: id,
  outcome: 'exhausted',
  steps: [
    { id: '1', title: 'Reload', outcome: 'not_fixed' },
    { id: '2', title: 'Without VPN', outcome: 'not_possible' },
    { id: '3', title: 'Private window', outcome: 'not_fixed' },
  ],
})
const state = (parts: object) => ({ captures: [], messages: [], ...parts }) as unknown as ConversationState

describe('the brief', () => {
  test('takes the worst finding of all captures for the cause', () => {
    const captures = [{ findings: [finding('medium', 3)] }, { findings: [finding('low', 1), finding('high', 47)] }]
    expect(briefOf(state({ captures })).cause?.finding.entries).toEqual([47])
  })

  test('does not call a remark a cause', () => {
    expect(briefOf(state({ captures: [{ findings: [finding('low', 1)] }] })).cause).toBeUndefined()
  })

  test('tells of the last flow that was walked', () => {
    const messages = [{ activity: flow('first') }, { activity: flow('second') }, {}]
    expect(briefOf(state({ messages })).tried?.flowId).toBe('second')
  })

  test('is empty when nothing is known', () => expect(briefOf(state({}))).toEqual({}))
})

test('steps are told by what came of them', () => {
  expect(stepsByOutcome(flow('any') as never)).toEqual([
    { outcome: 'not_fixed', titles: ['Reload', 'Private window'] },
    { outcome: 'not_possible', titles: ['Without VPN'] },
  ])
})
