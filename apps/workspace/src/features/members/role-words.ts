import type { RoleView } from '@clew/contract/members'
import { builtInRoles } from '@clew/contract/permissions'
import type { MembersT } from './words.ts'

/** What a role is called: built-in ones in the reader's language, one's own as they were named. */
export function roleWord(t: MembersT, role: string, roleName: string | null = null): string {
  if (roleName !== null) return roleName
  const known = builtInRoles.find((each) => each === role)
  return known ? t(`console-members.role_${known}`) : role
}

/** A role as the value of a list of choices. */
export const roleValue = (role: string, customRoleId: string | null): string =>
  customRoleId === null ? role : `custom:${customRoleId}`

export function roleOfValue(value: string): { role: string; customRoleId?: string } {
  const [role = 'member', customRoleId] = value.split(':')
  return customRoleId === undefined ? { role } : { role, customRoleId }
}

export const valueOfView = ({ builtIn, id }: RoleView): string => roleValue(builtIn ?? 'custom', id)
export const wordOfView = (t: MembersT, { builtIn, name }: RoleView): string => roleWord(t, builtIn ?? 'custom', name)
