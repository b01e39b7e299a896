import type { ConversationState } from '@clew/client/conversation-state'
import { describe, expect, test } from 'vitest'
import { asSentence, briefOf, isEmpty, stepsByOutcome } from './brief-model.ts'

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
const state = (parts: object) =>
  ({
    captures: [],
    messages: [],
    conversation: { handling: 'waiting' },
    case: { missing: [] },
    ...parts,
  }) as unknown as ConversationState

describe('the brief', () => {
  test('takes the worst finding of all captures for the cause', () => {
    const captures = [{ findings: [finding('medium', 3)] }, { findings: [finding('low', 1), finding('high', 47)] }]
    expect(briefOf(state({ captures })).cause?.finding.entries).toEqual([47])
  })

  test('does not call a remark a cause', () => {
    expect(briefOf(state({ captures: [{ findings: [finding('low', 1)] }] })).cause).toBeUndefined()
  })

  test('tells of the last flow that was walked', () => {
    const second = { ...flow('second'), steps: [{ id: '9', title: 'Other network', outcome: 'fixed' }] }
    const messages = [{ activity: flow('first') }, { activity: second }, {}]
    expect(briefOf(state({ messages })).tried).toEqual(second.steps)
  })

  test('is empty when nothing is known', () => expect(isEmpty(briefOf(state({})))).toBe(true))

  describe('after a handover', () => {
    const told = { tried: [{ id: '1', title: 'Reload', outcome: 'not_fixed' }], missing: ['timestamps', 'account'] }
    const handed = (reason: string) => ({
      messages: [{ activity: flow('first') }, { activity: { type: 'handed_over', reason, brief: told } }, {}],
    })

    test('says why, and what was tried in all', () => {
      expect(briefOf(state(handed('asked')))).toMatchObject({ reason: 'asked', told, tried: told.tried })
    })

    test.each([
      ['anger', 'anger'],
      ['danger', 'danger'],
      ['asked', undefined],
    ])('a handover for %s tells the mood %s', (reason, mood) => {
      expect(briefOf(state(handed(reason))).mood).toBe(mood)
    })

    test('what has come since is not missing any more', () => {
      const known = { facts: [], missing: [{ field: 'timestamps' }] }
      expect(briefOf(state({ ...handed('asked'), case: known })).missing).toEqual(['timestamps'])
    })

    test('is over when the assistant answers again', () => {
      const brief = briefOf(state({ ...handed('anger'), conversation: { handling: 'assistant' } }))
      expect([brief.reason, brief.mood]).toEqual([undefined, undefined])
    })
  })
})

test('steps are told by what came of them', () => {
  expect(stepsByOutcome(flow('any').steps as never)).toEqual([
    { outcome: 'not_fixed', titles: ['Reload', 'Private window'] },
    { outcome: 'not_possible', titles: ['Without VPN'] },
  ])
})

test.each([
  ['No change: Reload', 'No change: Reload.'],
  ['Καμία αλλαγή: Άλλαξε τομέα ο οργανισμός σας;', 'Καμία αλλαγή: Άλλαξε τομέα ο οργανισμός σας;'],
  ['No change: Has your domain changed?', 'No change: Has your domain changed?'],
])('%s ends with one mark', (words, sentence) => expect(asSentence(words)).toBe(sentence))
