import type { Case } from '@clew/contract/cases'
import { createT } from '@clew/i18n'
import { catalogue as greek } from '@clew/i18n/generated/workspace.el'
import { catalogue as english } from '@clew/i18n/generated/workspace.en'
import { describe, expect, test } from 'vitest'
import { askFor } from './ask-for.ts'
import { caseFields, factRows, gapsOf } from './facts-model.ts'

const known = {
  facts: [
    { field: 'problem', source: 'contact', value: { text: 'first' } },
    { field: 'problem', source: 'agent', value: { text: 'corrected' }, confidence: 0.9 },
    { field: 'environment', source: 'assistant', value: {}, confidence: 0.5 },
  ],
  earlier: [
    { field: 'problem', value: { text: 'first' }, at: '2026-11-24T08:00:00Z' },
    { field: 'problem', value: { text: 'second' }, at: '2026-11-24T08:01:00Z' },
  ],
  missing: [
    { field: 'visuals', importance: 'helpful', reason: 'intake.why_visuals' },
    { field: 'timestamps', importance: 'needed', reason: 'intake.why_timestamps_records' },
  ],
  score: 40,
  next: { field: 'timestamps', gain: 20, reason: 'intake.why_timestamps_records' },
  notNeeded: ['assistant_id'],
} as unknown as Case

describe('the case card', () => {
  test('always has ten rows, each category once', () => {
    expect(
      factRows(known)
        .map(({ field }) => field)
        .sort(),
    ).toEqual([...caseFields].sort())
  })

  test('shows the latest value of a category', () => {
    expect(factRows(known)[0]).toMatchObject({ state: 'given', fact: { source: 'agent' } })
  })

  test('what the assistant read is marked as inferred, what is missing as a gap', () => {
    const states = Object.fromEntries(factRows(known).map((row) => [row.field, row.state]))
    expect(states).toMatchObject({
      environment: 'inferred',
      visuals: 'gap',
      timestamps: 'gap',
      assistant_id: 'not_needed',
    })
  })

  test('a corrected value is shown with what it was, latest first', () => {
    const [problem] = factRows(known)
    expect(problem?.state === 'given' && problem.earlier.map(({ value }) => value)).toEqual([
      { text: 'second' },
      { text: 'first' },
    ])
  })

  test('only a reading that is little sure says so', () => {
    const unsure = factRows(known).flatMap((row) => ('unsure' in row ? [[row.field, row.unsure]] : []))
    expect(unsure).toEqual([['environment', 0.5]])
  })

  test('one gap is marked as the one that helps most', () => {
    const gaps = factRows(known).flatMap((row) => (row.state === 'gap' ? [[row.field, row.gain]] : []))
    expect(gaps).toEqual([
      ['timestamps', 20],
      ['visuals', undefined],
    ])
  })

  test('what is not needed comes last', () => {
    expect(factRows(known).findIndex(({ state }) => state === 'not_needed')).toBe(4)
  })
})

describe('asking for what is missing', () => {
  const en = createT('en', english)
  const el = createT('el', greek)

  test('what is needed is asked before what would help', () => {
    expect(gapsOf(known)).toEqual(['timestamps', 'visuals'])
  })

  test('one thing is one sentence in the language of the contact', () => {
    expect(askFor(en, ['visuals'])).toMatch(/screenshot/)
    expect(askFor(el, ['visuals'])).toMatch(/στιγμιότυπο/)
  })

  test('several things are a list under one sentence', () => {
    const lines = askFor(en, ['timestamps', 'visuals']).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines.slice(1).every((line) => line.startsWith('– '))).toBe(true)
  })

  test('every category can be asked for, and none asks for a password', () => {
    for (const t of [en, el]) for (const field of caseFields) expect(askFor(t, [field])).not.toMatch(/^workspace\.|^$/)
  })

  test('nothing missing, nothing to say', () => expect(askFor(en, [])).toBe(''))
})
