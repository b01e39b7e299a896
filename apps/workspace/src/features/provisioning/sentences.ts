import type { ProvisioningChange } from '@clew/contract/provisioning'
import type { ProvisioningT } from './words.ts'

/** What a request changed, one sentence for each thing; what became of people comes first. */
export function sentencesOf(t: ProvisioningT, changes: readonly ProvisioningChange[]): string[] {
  const effects = changes.filter(({ kind }) => kind === 'effect' || kind === 'members')
  const rest = changes.filter(
    (change) => change.kind !== 'effect' && change.kind !== 'members' && !isTold(changes, change),
  )
  return [...effects, ...rest].map((change) => sentenceOf(t, change))
}

/** That somebody is stopped or active again says what their attribute says. */
const isTold = (changes: readonly ProvisioningChange[], change: ProvisioningChange): boolean =>
  change.kind === 'value' &&
  change.name === 'active' &&
  changes.some((each) => each.kind === 'effect' && /^(?:joined|deactivated|reactivated)$/.test(each.effect))

function sentenceOf(t: ProvisioningT, change: ProvisioningChange): string {
  switch (change.kind) {
    case 'effect': {
      const { effect, name, from = '', to = '' } = change
      if (effect !== 'role_changed') return t(`console-provisioning.effect_${effect}`, { name })
      return t('console-provisioning.effect_role_changed', { name, from: roleWord(t, from), to: roleWord(t, to) })
    }
    case 'members': {
      const names = [...change.names.added, ...change.names.removed].join(', ')
      const counts = { added: change.added, removed: change.removed }
      return names === ''
        ? t('console-provisioning.change_members', counts)
        : t('console-provisioning.change_members_named', { ...counts, names })
    }
    case 'elements':
      return t('console-provisioning.change_list', {
        field: fieldWord(t, change.name),
        added: change.added.length,
        removed: change.removed.length,
      })
    case 'secret':
      return t('console-provisioning.change_secret', { field: fieldWord(t, change.name) })
    case 'value':
      return valueSentence(t, change)
  }
}

function valueSentence(
  t: ProvisioningT,
  { name, old, new: value }: Extract<ProvisioningChange, { kind: 'value' }>,
): string {
  const field = fieldWord(t, name)
  if (value === undefined) return t('console-provisioning.change_removed', { field, old: shownValue(old) })
  if (old === undefined) return t('console-provisioning.change_set', { field, value: shownValue(value) })
  return t('console-provisioning.change_from_to', { field, old: shownValue(old), value: shownValue(value) })
}

const shownValue = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** What people call an attribute; one of an extension is known without the URN before it, and some have no other name. */
function fieldWord(t: ProvisioningT, name: string): string {
  const short = name.slice(name.lastIndexOf(':') + 1)
  const key = short.replaceAll('.', '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return t.find(`console-provisioning.field_${key}`) ?? short
}

const roles = ['admin', 'billing', 'member', 'auditor', 'agent', 'custom'] as const

function roleWord(t: ProvisioningT, role: string): string {
  const known = roles.find((each) => each === role)
  return known === undefined ? role : t(`console-provisioning.role_${known}`)
}
