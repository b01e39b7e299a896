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
