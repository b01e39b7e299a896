import { policyDefaults } from '@clew/contract/security-policies'
import { describe, expect, test } from 'vitest'
import { isAddressAllowed } from './address-list.ts'
import { apiKeyProblem, attachmentKindOf, attachmentProblem, policyOf } from './model.policies.ts'

test('what nobody decided has its default, and what cannot be read too', () => {
  expect(policyOf('sessions', undefined)).toEqual(policyDefaults.sessions)
  expect(policyOf('sessions', { idleMinutes: 30 })).toEqual({ ...policyDefaults.sessions, idleMinutes: 30 })
  expect(policyOf('sessions', { idleMinutes: 'soon' })).toEqual(policyDefaults.sessions)
})

describe('addresses', () => {
  const rule = {
    ranges: ['192.0.2.0/24', '198.51.100.7', '2001:db8::/32'].map((range) => ({ range, note: '' })),
  }
  test.each([
    ['192.0.2.200', true],
    ['192.0.3.1', false],
    ['198.51.100.7', true],
    ['198.51.100.8', false],
    ['::ffff:192.0.2.1', true],
    ['2001:db8:1::1', true],
    ['2001:db9::1', false],
    ['not an address', false],
    [undefined, false],
  ])('%s: %s', (address, isAllowed) => expect(isAddressAllowed(rule, address)).toBe(isAllowed))

  test('without any range everybody may come, from wherever it is', () => {
    expect(isAddressAllowed({ ranges: [] }, undefined)).toBe(true)
  })
})

describe('attachments', () => {
  test.each([
    ['image/png', 'a.png', 'pictures'],
    ['application/octet-stream', 'photo.heic', 'pictures'],
    ['application/pdf', 'x', 'documents'],
    ['application/octet-stream', 'plan.DOCX', 'documents'],
    // An office file is a zip by its bytes.
    ['application/zip', 'plan.docx', 'documents'],
    ['application/zip', 'logs.zip', 'archives'],
    ['text/plain', 'server.log', 'text'],
    ['video/mp4', 'screen.mp4', 'media'],
    ['application/octet-stream', 'setup.exe', 'other'],
    ['application/octet-stream', 'noending', 'other'],
    // A name says less than what the bytes bear out.
    ['image/png', 'x.pdf', 'pictures'],
  ])('%s called %s is %s', (type, name, kind) => expect(attachmentKindOf(type, name)).toBe(kind))

  test('what is too large, and what is not of an allowed kind, is refused', () => {
    const rule = { kinds: ['pictures' as const], maxMb: 2 }
    const picture = { mediaType: 'image/png', name: 'a.png', sizeBytes: 2_000_000 }
    expect(attachmentProblem(rule, picture)).toBeUndefined()
    expect(attachmentProblem(rule, { ...picture, sizeBytes: 2_000_001 })).toBe('policy.file_too_large')
    expect(attachmentProblem(rule, { ...picture, mediaType: 'text/plain', name: 'a.txt' })).toBe(
      'policy.file_kind_refused',
    )
  })
})

describe('API keys', () => {
  const key = { lifetimeMs: 30 * 86_400_000, scopes: ['members.read'], isServiceAccount: false }
  const rule = policyDefaults.api_keys
  test.each([
    ['as they are by default', rule, undefined],
    ['for fewer days', { ...rule, maxDays: 29 }, 'api_key.too_long'],
    ['of service accounts only', { ...rule, serviceAccountsOnly: true }, 'policy.key_personal'],
    ['for other things', { ...rule, scopes: ['audit.read' as const] }, 'policy.key_scope_refused'],
    ['for this', { ...rule, scopes: ['members.read' as const] }, undefined],
  ])('%s', (_, policy, problem) => expect(apiKeyProblem(policy, key)).toBe(problem))
})
