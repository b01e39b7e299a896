import { permissions, personalPermissions } from '@clew/contract/permissions'
import { createT, type Locale } from '@clew/i18n'
import * as membersEl from '@clew/i18n/generated/console-members.el'
import * as membersEn from '@clew/i18n/generated/console-members.en'
import * as signInEl from '@clew/i18n/generated/console-sign-in.el'
import * as signInEn from '@clew/i18n/generated/console-sign-in.en'
import { expect, test } from 'vitest'

const words = {
  en: [membersEn.catalogue, signInEn.catalogue],
  el: [membersEl.catalogue, signInEl.catalogue],
} as const

test.each(['en', 'el'] as const)('a permission is called the same in a role and on a key, in %s', (locale: Locale) => {
  const t = createT(locale, ...words[locale])
  for (const permission of permissions.filter((each) => !personalPermissions.has(each))) {
    const name = permission.replace('.', '_')
    const onKey = t.find(`console-sign-in.scope_${name}`)
    expect(onKey, permission).toBeDefined()
    expect(onKey, permission).toBe(t.find(`console-members.may_${name}`))
  }
})
