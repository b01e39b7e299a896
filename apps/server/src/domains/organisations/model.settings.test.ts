import { expect, test } from 'vitest'
import {
  changedFields,
  endOfKey,
  isOriginListed,
  modelOf,
  type OperatorSettings,
  settingsNow,
} from './model.settings.ts'

const operator: OperatorSettings = {
  brand: { name: 'Northlight', appHost: 'app.northlight.example', supportEmail: 'support@northlight.example' },
  timeZone: 'Europe/Athens',
  suggestions: { en: ['a'], el: ['α'] },
  model: { url: 'https://own.example/v1', name: 'own', key: 'operator-key' },
  modelHttpHosts: [],
}
const now = (saved: Parameters<typeof settingsNow>[0]['saved']) =>
  settingsNow({ version: '1', saved, logo: undefined, savedKey: undefined }, operator)

test('what the team decided wins, field by field', () => {
  expect(now({ brand: { name: 'Kyma' } }).brand).toEqual({
    name: 'Kyma',
    appHost: 'app.northlight.example',
    supportEmail: 'support@northlight.example',
  })
  expect(now({}).bubble).toMatchObject({ onHelpCentre: true, origins: [], suggestions: { en: ['a'] } })
})

test.each([
  [{}, ['en', 'el'], 'en'],
  [{ offered: ['el' as const] }, ['el'], 'el'],
  [{ offered: ['el' as const, 'en' as const], default: 'el' as const }, ['el', 'en'], 'el'],
])('languages of %j', (languages, offered, first) => {
  expect(now({ languages }).languages).toEqual({ offered, default: first })
})

test('the key of the operator goes to the address of the operator and to no other', () => {
  expect(modelOf({}, operator, undefined)).toMatchObject({ url: 'https://own.example/v1', apiKey: 'operator-key' })
  expect(modelOf({ url: 'https://evil.example/v1' }, operator, undefined)).toMatchObject({ apiKey: undefined })
  expect(modelOf({ url: 'https://other.example/v1' }, operator, 'ours')).toMatchObject({ apiKey: 'ours' })
  expect(modelOf({ kind: 'off' }, operator, 'ours')).toEqual({ kind: 'off' })
  expect(modelOf({ kind: 'openai' }, { ...operator, model: undefined }, 'ours')).toEqual({ kind: 'off' })
})

test.each([
  ['https://app.kyma.example', [], true],
  ['https://app.kyma.example', ['https://app.kyma.example'], true],
  ['https://APP.kyma.example', ['https://app.kyma.example'], true],
  ['http://app.kyma.example', ['https://app.kyma.example'], false],
  ['https://app.kyma.example:8443', ['https://app.kyma.example'], false],
  ['https://a.b.kyma.example', ['https://*.kyma.example'], true],
  ['https://kyma.example', ['https://*.kyma.example'], false],
  ['https://evilkyma.example', ['https://*.kyma.example'], false],
  ['https://evil.example/.kyma.example', ['https://*.kyma.example'], false],
  ['https://evil.example#.kyma.example', ['https://*.kyma.example'], false],
  ['http://a.kyma.example', ['https://*.kyma.example'], false],
  ['https://a.kyma.example:8443', ['https://*.kyma.example:8443'], true],
  ['null', ['https://*.kyma.example'], false],
])('%s on the list %j: %s', (origin, listed, expected) => {
  expect(isOriginListed(origin, listed)).toBe(expected)
})

test('changes are told field by field, opening hours by their parts', () => {
  expect(changedFields({ name: 'A', accent: '#000000' }, { accent: '#000000', name: 'B' })).toEqual([
    { field: 'name', before: 'A', after: 'B' },
  ])
  expect(changedFields({}, { opening: { timeZone: 'Etc/UTC', holidays: [] } }).map(({ field }) => field)).toEqual([
    'timeZone',
    'holidays',
  ])
})

test('the end of a key is shown only where it gives nothing away', () => {
  expect(endOfKey('sk-1234567890abcd4f2a')).toBe('4f2a')
  expect(endOfKey('short')).toBeUndefined()
})
