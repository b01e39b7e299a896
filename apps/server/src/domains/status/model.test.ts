import { worstStatus } from '@clew/contract/component-severity'
import type { ComponentId } from '@clew/contract/primitives'
import type { ComponentStatus, IncidentStatus } from '@clew/contract/status'
import { describe, expect, test } from 'vitest'
import { changesOf, momentsAfter, openIncidents, textIn, withGroups } from './model.ts'

const id = (name: string) => name as ComponentId
const now = new Date('2026-11-24T10:00:00Z')
const earlier = new Date('2026-11-24T09:00:00Z')

describe('the moments of an incident', () => {
  const none = { monitoringAt: undefined, resolvedAt: undefined }
  const watched = { monitoringAt: earlier, resolvedAt: undefined }
  const over = { monitoringAt: earlier, resolvedAt: earlier }
  test.each<[IncidentStatus, typeof none | typeof watched | typeof over, object]>([
    ['investigating', none, none],
    ['identified', watched, none],
    ['monitoring', none, { monitoringAt: now, resolvedAt: undefined }],
    ['monitoring', watched, watched],
    ['resolved', watched, { monitoringAt: earlier, resolvedAt: now }],
    ['resolved', over, over],
    ['investigating', over, none],
    ['monitoring', over, watched],
  ])('after "%s" on %j', (status, before, after) => {
    expect(momentsAfter(before, status, now)).toEqual(after)
  })
})

describe('the components of an incident', () => {
  const changes = (about: {
    is: ComponentStatus
    before?: ComponentStatus
    after?: ComponentStatus
    others?: ComponentStatus[]
  }) =>
    changesOf({
      components: [
        { id: id('a'), status: about.is },
        { id: id('untouched'), status: 'major_outage' },
      ],
      before: about.before ? [{ componentId: id('a'), status: about.before }] : [],
      after: about.after ? [{ componentId: id('a'), status: about.after }] : [],
      others: (about.others ?? []).map((status) => ({ componentId: id('a'), status })),
    }).map(({ to }) => to)

  test('take the state that the incident gives them', () => {
    expect(changes({ is: 'operational', after: 'partial_outage' })).toEqual(['partial_outage'])
    expect(changes({ is: 'partial_outage', before: 'partial_outage', after: 'partial_outage' })).toEqual([])
    expect(changes({ is: 'partial_outage', before: 'partial_outage', after: 'degraded_performance' })).toEqual([
      'degraded_performance',
    ])
  })

  test('work again when it is over, unless another incident hurts them', () => {
    expect(changes({ is: 'major_outage', before: 'major_outage' })).toEqual(['operational'])
    expect(changes({ is: 'major_outage', before: 'major_outage', others: ['degraded_performance'] })).toEqual([
      'degraded_performance',
    ])
    expect(changes({ is: 'major_outage', before: 'degraded_performance', others: ['major_outage'] })).toEqual([])
  })

  test('stay in maintenance that somebody declared meanwhile', () => {
    expect(changes({ is: 'under_maintenance', before: 'major_outage' })).toEqual([])
  })
})

test('the worst state wins, and planned work is milder than trouble', () => {
  expect(worstStatus([])).toBe('operational')
  expect(worstStatus(['operational', 'under_maintenance'])).toBe('under_maintenance')
  expect(worstStatus(['under_maintenance', 'degraded_performance'])).toBe('degraded_performance')
  expect(worstStatus(['partial_outage', 'major_outage', 'degraded_performance'])).toBe('major_outage')
})

test('a group stands as its worst part does', () => {
  const part = (name: string, status: ComponentStatus, groupId?: string) => ({
    id: id(name),
    status,
    isGroup: groupId === undefined,
    groupId: groupId === undefined ? undefined : id(groupId),
  })
  const all = withGroups([
    part('g', 'operational'),
    part('a', 'operational', 'g'),
    part('b', 'partial_outage', 'g'),
    part('empty', 'major_outage'),
  ])
  expect(all.map(({ status }) => status)).toEqual(['partial_outage', 'operational', 'partial_outage', 'operational'])
})

test('open incidents come the worst first, then the newest', () => {
  const incident = (impact: 'minor' | 'critical', startedAt: Date, resolvedAt?: Date) => ({
    impact,
    startedAt,
    resolvedAt,
  })
  const open = openIncidents([
    incident('minor', earlier),
    incident('minor', now),
    incident('critical', earlier),
    incident('critical', now, now),
  ])
  expect(open.map(({ impact, startedAt }) => [impact, startedAt])).toEqual([
    ['critical', earlier],
    ['minor', now],
    ['minor', earlier],
  ])
})

test('a text that nobody has translated is shown in the language it has', () => {
  expect(textIn({ en: 'Slow', el: '' }, 'el')).toEqual({ text: 'Slow', locale: 'en' })
  expect(textIn({ en: 'Slow', el: 'Αργεί' }, 'el')).toEqual({ text: 'Αργεί', locale: 'el' })
})
