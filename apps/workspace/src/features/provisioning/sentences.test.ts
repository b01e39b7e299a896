import { createT } from '@clew/i18n'
import { catalogue } from '@clew/i18n/generated/console-provisioning.en'
import { expect, test } from 'vitest'
import { sentencesOf } from './sentences.ts'

const t = createT('en', catalogue)

test('attributes are called what people call them, and those that have no other name by their own', () => {
  expect(
    sentencesOf(t, [
      { kind: 'value', name: 'name.familyName', old: 'Pappa', new: 'Pappas' },
      { kind: 'value', name: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber', new: '7' },
      { kind: 'value', name: 'costCenter', new: 'A1' },
    ]),
  ).toEqual(['Last name: Pappa becomes Pappas', 'Employee number: 7', 'costCenter: A1'])
})

test('that somebody is stopped is said once', () => {
  expect(
    sentencesOf(t, [
      { kind: 'value', name: 'active', old: true, new: false },
      { kind: 'effect', effect: 'deactivated', name: 'Kostas Rally' },
    ]),
  ).toEqual(['Kostas Rally is stopped'])
})
