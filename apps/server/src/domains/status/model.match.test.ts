import type { ComponentId, IncidentId } from '@clew/contract/primitives'
import { describe, expect, test } from 'vitest'
import { incidentFor, type Symptom } from './model.match.ts'
import type { ComponentRow, IncidentRow, StatusSnapshot } from './model.ts'
import { starterComponents } from './starter-components.ts'

const at = (time: string) => new Date(`2026-11-24T${time}:00Z`)

const components: ComponentRow[] = starterComponents('app.northlight.example').map(({ position, ...each }) => ({
  ...each,
  id: each.slug as ComponentId,
  groupId: undefined,
  place: position,
  status: 'operational',
  createdAt: at('00:00'),
  updatedAt: at('00:00'),
}))

const incident = (id: string, componentId: string, more: Partial<IncidentRow> = {}): IncidentRow => ({
  id: id as IncidentId,
  clientId: id,
  titles: { en: 'Trouble', el: '' },
  impact: 'minor',
  status: 'investigating',
  components: [{ componentId: componentId as ComponentId, status: 'partial_outage' }],
  startedAt: at('09:42'),
  monitoringAt: undefined,
  resolvedAt: undefined,
  createdAt: at('09:47'),
  updatedAt: at('09:47'),
  updates: [],
  ...more,
})

const snapshot: StatusSnapshot = {
  version: '1',
  components,
  incidents: [
    incident('uploads-now', 'uploads', { titles: { en: 'Slower uploads over 5 MB', el: 'Αργές μεταφορτώσεις' } }),
    incident('api-before', 'api', { startedAt: at('04:00'), resolvedAt: at('05:00'), status: 'resolved' }),
  ],
}

const found = (symptom: Symptom) => incidentFor(snapshot, symptom)?.incident.id

describe('the incident behind a symptom', () => {
  test.each<[string, string | undefined]>([
    ['my uploads fail since this morning', 'uploads-now'],
    ['I cannot upload a PDF', 'uploads-now'],
    ['Δεν μπορώ να ανεβάσω αρχείο', 'uploads-now'],
    ['η μεταφόρτωση κόλλησε', 'uploads-now'],
    ['I want a refund', undefined],
    ['I cannot sign in', undefined],
    ['the API answers 503', undefined],
    ['', undefined],
  ])('"%s" without a time means what is open: %s', (symptom, expected) => {
    expect(found({ symptom })).toBe(expected)
  })

  test('is found by a component that is known, by id or by its name for programs', () => {
    expect(found({ component: 'uploads' })).toBe('uploads-now')
    expect(found({ component: 'sign_in', symptom: 'my upload fails' })).toBeUndefined()
    expect(found({ component: 'no such thing' })).toBeUndefined()
  })

  test('is one that was going on at that time, with room for those who notice early or late', () => {
    expect(found({ symptom: 'the api answers 503', at: at('04:30') })).toBe('api-before')
    expect(found({ symptom: 'the api answers 503', at: at('03:31') })).toBe('api-before')
    expect(found({ symptom: 'the api answers 503', at: at('05:15') })).toBe('api-before')
    expect(found({ symptom: 'the api answers 503', at: at('05:16') })).toBeUndefined()
    expect(found({ symptom: 'the api answers 503', at: at('03:29') })).toBeUndefined()
    expect(found({ symptom: 'upload fails', at: at('09:00') })).toBeUndefined()
    expect(found({ symptom: 'upload fails', at: at('23:00') })).toBe('uploads-now')
  })

  test('is found by the host of a request that failed, and not by a longer name that ends alike', () => {
    const silent = components.map((each) => ({ ...each, keywords: [], names: { en: 'Engine', el: '' } }))
    const host = (symptom: string) =>
      incidentFor({ ...snapshot, components: silent }, { symptom, at: at('04:30') })?.incident.id
    expect(host('https://api.northlight.example/v1/chat failed')).toBe('api-before')
    expect(host('https://notapi.northlight.example/ failed')).toBeUndefined()
    expect(host('https://api.northlight.example.evil.example/ failed')).toBeUndefined()
  })

  test('says which component it is about', () => {
    expect(incidentFor(snapshot, { symptom: 'upload' })?.component?.slug).toBe('uploads')
  })

  test('that hurts no component is known by its own words', () => {
    const only = {
      ...snapshot,
      incidents: [
        incident('mails', 'uploads', {
          components: [],
          titles: { en: 'Invoices arrive twice', el: 'Διπλά τιμολόγια' },
        }),
      ],
    }
    expect(incidentFor(only, { symptom: 'my invoices arrive two times' })?.incident.id).toBe('mails')
    expect(incidentFor(only, { symptom: 'where are my invoices' })).toBeUndefined()
  })

  test('survives hostile words', () => {
    for (const symptom of ['💥'.repeat(10_000), '((((', '\u0000', 'a'.repeat(100_000), '.*+?^${}()|[]\\'])
      expect(found({ symptom })).toBeUndefined()
  })
})
