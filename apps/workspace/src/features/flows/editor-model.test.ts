import type { Flow } from '@clew/flows/flow'
import { validateFlow } from '@clew/flows/validate'
import { describe, expect, test } from 'vitest'
import { differenceOf, isNothing, saysTheSame } from './diff.ts'
import { getAt, setAt, withCheck } from './document.ts'
import { type Editor, type EditorAction, edit, openEditor } from './editor-model.ts'
import { faultyStep } from './fault-text.ts'

const both = (text: string) => ({ en: text, el: text })
const flow: Flow = {
  id: 'printer',
  version: 3,
  title: both('Printer'),
  phrases: { en: [], el: [] },
  steps: [
    {
      id: 'plug',
      kind: 'do',
      title: both('Plug'),
      say: both('Look.'),
      next: 'model',
      replies: ['worked', 'still-fails'],
    },
    {
      id: 'model',
      kind: 'ask',
      title: both('Which?'),
      say: both('Which?'),
      slot: 'flow.model',
      replies: [{ id: 'old', label: both('Old'), next: 'bye' }, 'not-sure'],
      next: 'look',
    },
    {
      id: 'look',
      kind: 'check',
      check: 'incident-open',
      outcomes: { open: 'bye', none: { next: 'bye' }, unknown: 'bye' },
    },
    { id: 'bye', kind: 'end', end: 'handover', say: both('A person looks.') },
  ],
}

const after = (...actions: EditorAction[]): Editor => actions.reduce(edit, openEditor(flow))
const ids = ({ present }: Editor): string[] => present.steps.map(({ id }) => id)
const stepOf = ({ present }: Editor, id: string) => present.steps.find((step) => step.id === id)

test('the flow of these tests is a valid one', () => expect(validateFlow(flow)).toEqual([]))

describe('a place in a flow', () => {
  test('is read and written without touching the rest', () => {
    const changed = setAt(flow, ['steps', 0, 'title', 'en'], 'Socket')
    expect(getAt(changed, ['steps', 0, 'title'])).toEqual({ en: 'Socket', el: 'Plug' })
    expect(changed.steps[1]).toBe(flow.steps[1])
    expect(flow.steps[0]).toMatchObject({ title: both('Plug') })
  })
  test('that is emptied goes away, from an object and from a list', () => {
    expect(setAt(flow, ['steps', 0, 'next'], undefined).steps[0]).not.toHaveProperty('next')
    expect(setAt(flow, ['steps', 0], undefined).steps).toHaveLength(3)
  })
  test('that is not there yet is made', () => {
    expect(getAt(setAt(flow, ['steps', 3, 'set', 'environment.vpn'], true), ['steps', 3, 'set'])).toEqual({
      'environment.vpn': true,
    })
  })
})

describe('undo', () => {
  test('takes back what was typed into one field in one go', () => {
    const path = ['title', 'en']
    const typed = ['P', 'Pr', 'Pri'].map((value): EditorAction => ({ type: 'set', path, value, typing: true }))
    const editor = after(...typed)
    expect(editor.present.title.en).toBe('Pri')
    expect(edit(editor, { type: 'undo' }).present).toEqual(flow)
    expect(edit(edit(editor, { type: 'undo' }), { type: 'redo' }).present.title.en).toBe('Pri')
  })
  test('stops where another field began', () => {
    const editor = after(
      { type: 'set', path: ['title', 'en'], value: 'A', typing: true },
      { type: 'set', path: ['title', 'el'], value: 'Α', typing: true },
      { type: 'undo' },
    )
    expect(editor.present.title).toEqual({ en: 'A', el: 'Printer' })
  })
  test('with nothing to take back changes nothing, and a new change forgets what was taken back', () => {
    const start = openEditor(flow)
    expect(edit(start, { type: 'undo' })).toBe(start)
    expect(edit(start, { type: 'redo' })).toBe(start)
    const editor = after(
      { type: 'remove', id: 'look' },
      { type: 'undo' },
      { type: 'set', path: ['title', 'en'], value: 'New' },
    )
    expect(editor.future).toEqual([])
  })
  test('of a step that was open closes it', () => {
    expect(after({ type: 'add', kind: 'do', after: 'plug' }, { type: 'undo' }).selected).toBeUndefined()
  })
})

describe('a new step', () => {
  test('stands between its step and where that led', () => {
    const editor = after({ type: 'add', kind: 'say', after: 'plug' })
    expect(ids(editor)).toEqual(['plug', 'say', 'model', 'look', 'bye'])
    expect(stepOf(editor, 'plug')).toMatchObject({ next: 'say' })
    expect(stepOf(editor, 'say')).toMatchObject({ next: 'model' })
    expect(editor.selected).toBe('say')
  })
  test('after a check stands on its usual way, in whichever form that is written', () => {
    expect(stepOf(after({ type: 'add', kind: 'do', after: 'look' }), 'look')).toMatchObject({
      outcomes: { unknown: 'do' },
    })
    const worded = after(
      { type: 'set', path: ['steps', 2, 'outcomes', 'unknown'], value: { next: 'bye' } },
      { type: 'add', kind: 'do', after: 'look' },
    )
    expect(stepOf(worded, 'look')).toMatchObject({ outcomes: { unknown: { next: 'do' } } })
  })
  test('for one reply is led to by that reply alone', () => {
    const editor = after({ type: 'lead', kind: 'end', path: ['steps', 1, 'replies', 0, 'next'], next: 'bye' })
    expect(stepOf(editor, 'model')).toMatchObject({ replies: [{ id: 'old', next: 'end' }, 'not-sure'], next: 'look' })
  })
  test('before an end is led to by everything that led to the end', () => {
    const editor = after({ type: 'before', kind: 'say', id: 'bye' })
    expect(stepOf(editor, 'look')).toMatchObject({ outcomes: { open: 'say', none: { next: 'say' }, unknown: 'say' } })
    expect(stepOf(editor, 'model')).toMatchObject({ replies: [{ next: 'say' }, 'not-sure'] })
    expect(stepOf(editor, 'say')).toMatchObject({ next: 'bye' })
  })
  test('has a name that is free', () => {
    const editor = after({ type: 'add', kind: 'do', after: 'plug' }, { type: 'add', kind: 'do', after: 'plug' })
    expect(ids(editor)).toEqual(['plug', 'do-2', 'do', 'model', 'look', 'bye'])
  })
  test('after an end is none', () => {
    expect(ids(after({ type: 'add', kind: 'do', after: 'bye' }))).toEqual(ids(openEditor(flow)))
  })
})

describe('a step that is removed', () => {
  test('hands on what led to it', () => {
    const editor = after({ type: 'remove', id: 'model' })
    expect(stepOf(editor, 'plug')).toMatchObject({ next: 'look' })
    expect(validateFlow(editor.present)).toEqual([])
  })
  test('that was an end leads to a person', () => {
    const editor = after({ type: 'remove', id: 'bye' })
    expect(stepOf(editor, 'look')).toMatchObject({ outcomes: { open: 'handover', none: { next: 'handover' } } })
  })
  test('stays when it is the only one', () => {
    const one = openEditor({ ...flow, steps: [{ id: 'bye', kind: 'end', end: 'done' }] })
    expect(edit(one, { type: 'remove', id: 'bye' })).toBe(one)
  })
})

describe('another name', () => {
  test('is followed by everything that leads there, and by nothing else', () => {
    const editor = after({ type: 'select', id: 'bye' }, { type: 'rename', id: 'bye', to: 'last' })
    expect(validateFlow(editor.present)).toEqual([])
    expect(JSON.stringify(editor.present.steps)).not.toContain('"bye"')
    expect(editor.selected).toBe('last')
    // A reply that is called like a step is no way to it.
    const named = after({ type: 'rename', id: 'plug', to: 'old' }, { type: 'rename', id: 'old', to: 'other' })
    expect(stepOf(named, 'model')).toMatchObject({ replies: [{ id: 'old' }, 'not-sure'] })
  })
  test('that is taken is refused', () => {
    expect(after({ type: 'rename', id: 'bye', to: 'plug' }).present).toEqual(flow)
  })
})

test('placeholders are those that the texts use and that something fills', () => {
  const set = (value: string): EditorAction => ({ type: 'set', path: ['steps', 3, 'say', 'en'], value })
  expect(after(set('{brand} {nobody}')).present.placeholders).toEqual(['brand'])
  expect(after(set('{brand}'), set('None')).present).not.toHaveProperty('placeholders')
  expect(validateFlow(after(set('{nobody}')).present)).toMatchObject([
    { path: 'steps[3].say.en', code: 'undeclared_placeholder' },
  ])
})

test('another beginning', () => {
  expect(ids(after({ type: 'begin', id: 'look' }))).toEqual(['look', 'plug', 'model', 'bye'])
})

test('another check keeps the ways of outcomes that both have', () => {
  const look = flow.steps[2] as Extract<Flow['steps'][number], { kind: 'check' }>
  expect(withCheck(look, 'har-finding')).toEqual({
    id: 'look',
    kind: 'check',
    check: 'har-finding',
    with: { rules: [] },
    outcomes: { found: 'bye', none: { next: 'bye' }, unknown: 'bye' },
  })
})

test('a path names its step', () => {
  expect([faultyStep('steps[12].next'), faultyStep('steps[0]'), faultyStep('title.en')]).toEqual([12, 0, undefined])
})

describe('what is different', () => {
  const about = { locale: 'en' as const, name: ({ id }: { id: string }) => id }
  const against = (...actions: EditorAction[]) => differenceOf(flow, after(...actions).present, about)
  test('is nothing for another version number or order of keys', () => {
    const turned = {
      ...flow,
      version: 9,
      steps: flow.steps.map((step) => Object.fromEntries(Object.entries(step).reverse())),
    }
    expect(isNothing(differenceOf(flow, turned as Flow, about))).toBe(true)
    expect(saysTheSame(flow, turned as Flow)).toBe(true)
  })
  test('is told step by step, with the words in the language that changed', () => {
    const difference = against(
      { type: 'set', path: ['steps', 0, 'say', 'el'], value: 'Κοιτάξτε.' },
      { type: 'remove', id: 'look' },
      { type: 'add', kind: 'say', after: 'plug' },
    )
    expect(difference.steps.map(({ id, change }) => `${change} ${id}`)).toEqual([
      'changed plug',
      'added say',
      'changed model',
      'removed look',
    ])
    expect(difference.steps[0]?.fields).toEqual([
      { field: 'say', before: 'Look.', after: 'Κοιτάξτε.' },
      { field: 'next', before: 'model', after: 'say' },
    ])
  })
  test('of the whole flow is told apart', () => {
    expect(against({ type: 'set', path: ['title'], value: both('Paper') }).flow).toEqual([
      { field: 'title', before: 'Printer', after: 'Paper' },
    ])
    expect(against({ type: 'begin', id: 'look' }).flow).toMatchObject([{ field: 'first', after: 'look' }])
  })
})
