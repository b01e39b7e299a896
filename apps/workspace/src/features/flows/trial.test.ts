import type { Flow } from '@clew/flows/flow'
import { expect, test } from 'vitest'
import { beginTrial, currentOf, goOn, replay, standsAt, type TrialReader } from './trial.ts'

const both = (text: string) => ({ en: text, el: `${text} (el)` })
const flow: Flow = {
  id: 'printer',
  version: 1,
  title: both('Printer'),
  phrases: { en: [], el: [] },
  placeholders: ['incident', 'brand'],
  steps: [
    {
      id: 'look',
      kind: 'check',
      check: 'incident-open',
      outcomes: { open: { next: 'known', say: both('Known: {incident}.') }, none: 'plug', unknown: 'plug' },
    },
    { id: 'known', kind: 'end', end: 'answer', say: both('Wait.') },
    {
      id: 'plug',
      kind: 'do',
      title: both('Plug'),
      say: both('Ask {brand}.'),
      next: 'model',
      replies: ['worked', 'still-fails'],
    },
    { id: 'model', kind: 'ask', title: both('Which?'), say: both('Say it.'), slot: 'environment.os', next: 'handover' },
  ],
}
const reader: TrialReader = { locale: 'en', audience: 'contact', facts: {}, values: { brand: 'Kyma' } }
const at = '2026-11-24T08:00:00.000Z'
const found = (outcome: string) => ({
  input: { type: 'checks', results: [{ stepId: 'look', outcome, values: { incident: 'Slow' } }], at } as const,
  said: undefined,
})
const pressed = { input: { type: 'reply', stepId: 'plug', replyId: 'still-fails', at } as const, said: 'Still fails' }

test('waits for what the product finds, and says nothing before', () => {
  const trial = beginTrial(flow, reader)
  expect(trial).toMatchObject({ run: { state: 'checking' }, bubbles: [], passed: ['look'] })
  const known = goOn(flow, { trial, reader }, found('open'))
  expect(known.bubbles).toEqual([{ by: 'assistant', text: 'Known: Slow.\n\nWait.' }])
  expect(standsAt(known.run)).toBe('known')
})

test('talks like the bubble, and ends where the flow ends', () => {
  const trial = replay(flow, reader, [found('none'), pressed])
  expect(trial.bubbles).toEqual([
    { by: 'assistant', text: 'Plug\nAsk Kyma.' },
    { by: 'contact', text: 'Still fails' },
    { by: 'assistant', text: 'Which?\nSay it.' },
  ])
  expect(currentOf(flow, trial.run, reader)?.slot).toBe('environment.os')
  const said = { input: { type: 'slots', slots: { 'environment.os': 'Linux' }, at } as const, said: 'Linux' }
  expect(goOn(flow, { trial, reader }, said).run).toMatchObject({ state: 'handover', reason: 'exhausted' })
})

test('what is known is not asked', () => {
  const knowing = { ...reader, facts: { 'environment.os': 'Linux' } }
  expect(replay(flow, knowing, [found('none'), pressed]).run.state).toBe('handover')
})

test('in the other language', () => {
  expect(replay(flow, { ...reader, locale: 'el' }, [found('none')]).bubbles[0]?.text).toBe('Plug (el)\nAsk Kyma. (el)')
})

const told: Flow = {
  id: 'calls',
  version: 1,
  title: both('Calls'),
  phrases: { en: [], el: [] },
  steps: [
    {
      id: 'where',
      kind: 'ask',
      title: both('Where?'),
      say: both('Where does it happen?'),
      slot: 'flow.where',
      replies: [
        { id: 'app', label: both('In the app'), said: { en: ['web page'], el: ['στη σελίδα'] } },
        { id: 'program', label: both('In my program'), said: { en: ['script*'], el: ['σκριπτ*'] } },
      ],
      next: 'status',
    },
    {
      id: 'status',
      kind: 'ask',
      title: both('Which status?'),
      say: both('Which one?'),
      slot: 'flow.status',
      read: 'http-status',
      replies: [{ id: 'timeout', label: both('It times out') }],
      next: 'system',
    },
    { id: 'system', kind: 'ask', title: both('System?'), say: both('Which?'), slot: 'environment.os', next: 'again' },
    {
      id: 'again',
      kind: 'do',
      title: both('Again'),
      say: both('Try.'),
      next: 'handover',
      replies: ['worked', 'still-fails'],
    },
  ],
}
const words = (text: string) => ({ words: { text, at, id: text } })
const stand = (...said: string[]) => replay(told, reader, said.map(words)).run

test('typed words are read as the replies that a visitor would have given by them', () => {
  expect(stand('in a script of mine')).toMatchObject({ currentStepId: 'status', slots: { 'flow.where': 'program' } })
  expect(stand('on your web page')).toMatchObject({ slots: { 'flow.where': 'app' } })
  expect(stand('in the app')).toMatchObject({ currentStepId: 'status', slots: { 'flow.where': 'app' } })
  expect(stand('script', '503')).toMatchObject({ currentStepId: 'system', slots: { 'flow.status': '503' } })
  expect(stand('script', '503', 'Windows 11')).toMatchObject({ currentStepId: 'again' })
  expect(stand('script', '503', 'Windows 11', 'it still fails').state).toBe('handover')
})

test('what fits no reply is no answer, and what fits a later question is kept for it', () => {
  expect(stand('no idea')).toMatchObject({ currentStepId: 'where', slots: {} })
  expect(stand('my script gets error 429')).toMatchObject({ currentStepId: 'system', slots: { 'flow.status': '429' } })
  expect(stand('script', '503', 'sorry, the API returns 429')).toMatchObject({
    currentStepId: 'system',
    slots: { 'flow.status': '429' },
  })
})

test('what was said before the flow began is not asked in it', () => {
  const before = { ...reader, before: { text: 'σφάλμα 429 σε ένα σκριπτ μου', at } }
  expect(beginTrial(told, before).run).toMatchObject({ currentStepId: 'system', slots: { 'flow.where': 'program' } })
})
