import { expect, test } from 'vitest'
import { briefAt, type HandedOver } from './brief.ts'
import { fromSnapshot } from './conversation-state.ts'
import { caseOf, message, snapshot } from './samples.ts'

const asked: HandedOver = { type: 'handed_over', reason: 'asked' }
const step = { id: '1', title: 'Reload', outcome: 'not_fixed' as const }
const article = { slug: 'upload-failures', title: 'Uploads', locale: 'en' as const, updatedOn: '2026-11-01' }
const state = fromSnapshot({
  ...snapshot(),
  case: {
    ...caseOf(1),
    facts: [{ field: 'problem', value: { text: 'It stops' }, source: 'contact', at: '2026-11-24T08:00:00Z' }],
    missing: [
      { field: 'timestamps', importance: 'needed', reason: 'intake.why_timestamps_records' },
      { field: 'visuals', importance: 'helpful', reason: 'intake.why_visuals' },
    ],
  },
  messages: [
    message(1, { sources: [article] }),
    message(2, { sources: [{ ...article, anchor: 'more' }] }),
    message(3, { activity: { type: 'flow_ended', flowId: 'a', outcome: 'left', steps: [step] } }),
  ],
})

test('who goes past the assistant is known by what stands in the conversation', () => {
  expect(briefAt(asked, state)).toMatchObject({
    problem: 'It stops',
    given: ['problem'],
    missing: ['timestamps'],
    tried: [step],
    articles: [{ slug: 'upload-failures', title: 'Uploads' }],
  })
})

test('what the assistant told comes first', () => {
  const brief = { ...briefAt(asked, state), problem: 'In its words' }
  expect(briefAt({ ...asked, brief }, state)).toBe(brief)
})
