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
    { field: 'problem', source: 'agent', value: { text: 'corrected' } },
    { field: 'environment', source: 'assistant', value: {} },
  ],
  missing: [
    { field: 'visuals', importance: 'helpful' },
    { field: 'timestamps', importance: 'needed' },
  ],
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
