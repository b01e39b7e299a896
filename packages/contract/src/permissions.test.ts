import { describe, expect, test } from 'vitest'
import { builtInRoles, permissions, permissionsOf, personalPermissions, teamPermissions } from './permissions.ts'

const of = (role: (typeof builtInRoles)[number], isSupport = true) => permissionsOf(role, { isSupport })

describe('the built-in roles of the support team', () => {
  test('owners may all there is; admins all but what makes somebody anybody, or sends words elsewhere', () => {
    expect([...of('owner')]).toEqual([...permissions])
    expect(permissions.filter((each) => !of('admin').has(each))).toEqual(['connector.manage', 'identity_keys.manage'])
  })

  test('nobody else changes flows, takes out what was learnt, or reads the logs of others', () => {
    for (const role of builtInRoles.filter((each) => each !== 'owner' && each !== 'admin'))
      for (const permission of [
        'flows.manage',
        'assistant.export',
        'organisations.audit',
        ...personalPermissions,
      ] as const)
        expect(of(role).has(permission), `${role} ${permission}`).toBe(false)
  })
})

test('outside of the support team no role gives what is the team’s', () => {
  for (const role of builtInRoles) for (const each of of(role, false)) expect(teamPermissions.has(each)).toBe(false)
  const custom = permissionsOf('custom', { custom: permissions, isSupport: false })
  expect([...custom]).toEqual(permissions.filter((each) => !teamPermissions.has(each)))
})

test('what takes a person is the team’s', () => {
  for (const each of personalPermissions) expect(teamPermissions.has(each)).toBe(true)
})
