import { createT } from '@clew/i18n'
import { catalogue } from '@clew/i18n/generated/widget.en'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Bridge } from '../bridge.ts'
import type { Outgoing } from '../outbox/outbox.ts'
import { keep } from '../platform/memory.ts'
import { createActions } from './actions.ts'
import type { Controller } from './controller.ts'
import { emptyState, type PanelState } from './state.ts'
import { createStore } from './store.ts'

const t = createT<'widget'>('en', catalogue)

/** The panel of somebody who has written before, and what it puts in the outbox. */
function createPanel(state: Partial<PanelState> = {}) {
  const sent: { conversation: string; outgoing: Outgoing }[] = []
  const store = createStore<PanelState>({ ...emptyState, ...state })
  const controller = {
    store,
    session: { token: () => 'mine' },
    api: {},
    uploads: {},
    sending: { add: async (conversation: string, outgoing: Outgoing) => void sent.push({ conversation, outgoing }) },
  } as unknown as Controller
  const bridge = { base: 'https://help.example/', locale: () => 'en', options: () => ({}) } as unknown as Bridge
  const pressed = () => sent.map(({ outgoing }) => ('quickReplyId' in outgoing ? outgoing.quickReplyId : undefined))
  const said = () => sent.map(({ outgoing }) => ('body' in outgoing ? outgoing.body : outgoing.kind))
  return { actions: createActions(bridge, controller, () => t), store, sent, said, pressed }
}

const chosen = (id: string) => ({ id, file: new File(['{"log":{}}'], `${id}.har`), startedAt: '' })

afterEach(() => {
  keep.clear()
  vi.unstubAllGlobals()
})

describe('what is too much', () => {
  test('too many words stay in the field, and that is said', async () => {
    const { actions, store, sent } = createPanel({ current: 'shown' })
    const long = 'x'.repeat(20_001)
    actions.write(long)
    await actions.submit()
    await actions.askForPerson()
    expect(sent).toEqual([])
    expect(store.get().draft).toBe(long)
    expect(store.get().notices.at(-1)?.text).toContain('20,001')
    actions.write(long.slice(1))
    await actions.submit()
    expect(sent).toHaveLength(1)
  })
})

test('a safe copy begins a conversation with words that ask nothing', async () => {
  vi.stubGlobal('location', { origin: 'https://shop.example', pathname: '/' })
  const result = { safe: new Blob(['{}']), report: { removed: [] } } as never
  const { actions, said, pressed } = createPanel({ hars: [{ ...chosen('a'), step: 'decide', result }] })
  await actions.har.send('a')
  expect(said()).toEqual([t('widget.har_message'), 'capture'])
  expect(pressed()[0]).toBe('recording')
})

test('why a recording went nowhere is read until the talk goes on, and in its place while others are open', async () => {
  vi.stubGlobal('location', { origin: 'https://shop.example', pathname: '/' })
  const result = { safe: new Blob(['{}']), report: { removed: [] } } as never
  const { actions, store } = createPanel({
    hars: [
      { ...chosen('a'), step: 'failed', code: 'har.empty' },
      { ...chosen('b'), step: 'decide', result },
      { ...chosen('c'), step: 'decide', result },
    ],
  })
  const steps = () => store.get().hars.map(({ step }) => step)
  await actions.har.send('b')
  expect(steps()).toEqual(['failed', 'over', 'decide'])
  await actions.speak('It was the export')
  expect(steps()).toEqual(['failed', 'over', 'decide'])
  await actions.har.send('c')
  expect(steps()).toEqual(['failed', 'over', 'over'])
  await actions.speak('Did they arrive?')
  expect(steps()).toEqual([])
})

describe('asking for a person', () => {
  test('sends first what was typed, and it does not come back', async () => {
    const { actions, store, said } = createPanel({ current: 'shown' })
    actions.write('The export hangs at 40 %')
    await actions.askForPerson()
    expect(said()).toEqual(['The export hangs at 40 %', 'person'])
    expect(store.get().draft).toBe('')
    expect(keep.read('draft')).toBeUndefined()
  })

  test('begins a conversation with what was typed, or with the wish itself', async () => {
    vi.stubGlobal('location', { origin: 'https://shop.example', pathname: '/' })
    const typed = createPanel()
    typed.actions.write('Where is my invoice?')
    await typed.actions.askForPerson()
    expect(typed.said()).toEqual(['Where is my invoice?', 'person'])
    expect(keep.read('draft')).toBeUndefined()

    const silent = createPanel()
    await silent.actions.askForPerson()
    expect(silent.said()).toEqual([t('widget.person_request'), 'person'])
    expect(new Set(silent.sent.map(({ conversation }) => conversation)).size).toBe(1)
  })
})
