import { expect, test } from 'vitest'
import { type Change, ofClass, stateOf } from './history-model.ts'

const change = (version: number, day: string, more: Partial<Change> = {}): Change => ({
  class: 'conversation',
  version,
  from: null,
  fromOf: 'own',
  keepDays: version * 10,
  at: `2026-11-${day}T08:00:00Z`,
  effectiveAt: `2026-11-${day}T08:00:00Z`,
  ...more,
})

const first = change(1, '01')
const back = change(2, '05', { effectiveAt: '2026-11-12T04:00:00Z', takenBackAt: '2026-11-06T08:00:00Z' })
const shorter = change(3, '07', { effectiveAt: '2026-11-14T04:00:00Z' })
const other = change(9, '02', { class: 'har' })
const all = [shorter, back, other, first]

test('a change waits, holds, is over when a later one of its kind holds, or never held', () => {
  const states = (at: string) => all.map((each) => stateOf(all, each, Date.parse(at)))
  expect(states('2026-11-10T00:00:00Z')).toEqual(['waiting', 'taken_back', 'in_force', 'in_force'])
  expect(states('2026-11-15T00:00:00Z')).toEqual(['in_force', 'taken_back', 'in_force', 'over'])
})

test('the changes of one kind, or of every kind', () => {
  expect(ofClass(all, 'har')).toEqual([other])
  expect(ofClass(all, '')).toBe(all)
})
