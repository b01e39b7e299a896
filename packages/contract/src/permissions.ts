import { z } from 'zod'

/**
 * What a member of an organisation may do in its console, by name. A custom role is a set of these. Those of
 * `teamPermissions` mean something in the support team's own organisation only.
 */
export const permissions = [
  'members.read',
  'members.invite',
  'members.manage',
  'roles.manage',
  'groups.manage',
  'billing.read',
  'seats.manage',
  'cases.read',
  'sign_in.read',
  'sign_in.manage',
  'domains.manage',
  'provisioning.read',
  'provisioning.manage',
  'policies.read',
  'policies.manage',
  'api_keys.read',
  'api_keys.manage',
  'usage.read',
  'usage.manage',
  'usage.report',
  'audit.read',
  'audit.export',
  'audit.manage',
  'retention.read',
  'retention.manage',
  'holds.manage',
  'erasure.run',
  'exports.request',
  'exports.approve',
  'conversations.answer',
  'settings.manage',
  'organisations.manage',
  'organisations.audit',
  'flows.manage',
  'assistant.export',
  'connector.manage',
  'identity_keys.manage',
] as const

export const Permission = z.enum(permissions)
export type Permission = z.infer<typeof Permission>

/** What only the support team's organisation can give: it answers, sets the product up and looks after organisations. */
export const teamPermissions: ReadonlySet<Permission> = new Set([
  'usage.report',
  'conversations.answer',
  'settings.manage',
  'organisations.manage',
  'organisations.audit',
  'flows.manage',
  'assistant.export',
  'connector.manage',
  'identity_keys.manage',
])

/** By these one can be anybody, or sends what people wrote elsewhere: owners have them, and whoever owners give them to. */
const ownersPermissions: ReadonlySet<Permission> = new Set(['connector.manage', 'identity_keys.manage'])

/** What takes a person who is there: no API key is for these, whoever made it. */
export const personalPermissions: ReadonlySet<Permission> = new Set([
  'flows.manage',
  'assistant.export',
  ...ownersPermissions,
])

export const builtInRoles = ['owner', 'admin', 'billing', 'member', 'auditor', 'agent'] as const

/** `custom`: the member has a role that the organisation made itself. */
export const MemberRole = z.enum([...builtInRoles, 'custom'])
export type MemberRole = z.infer<typeof MemberRole>
export type BuiltInRole = (typeof builtInRoles)[number]

const reading: readonly Permission[] = [
  'members.read',
  'sign_in.read',
  'provisioning.read',
  'policies.read',
  'api_keys.read',
  'usage.read',
  'audit.read',
  'retention.read',
]

/** Approving exports is apart from everything else, so that an organisation can keep the two pairs of eyes apart. */
const permissionsOfRole: Readonly<Record<BuiltInRole, readonly Permission[]>> = {
  owner: permissions,
  admin: permissions.filter((each) => !ownersPermissions.has(each)),
  billing: ['members.read', 'billing.read', 'seats.manage', 'usage.read'],
  member: ['members.read'],
  auditor: [...reading, 'billing.read', 'cases.read', 'audit.export'],
  agent: ['members.read', 'conversations.answer'],
}

/** What somebody may do. Outside of the support team nothing of the team's is given, whatever the role says. */
export function permissionsOf(
  role: MemberRole,
  { custom = [], isSupport }: { custom?: readonly Permission[]; isSupport: boolean },
): ReadonlySet<Permission> {
  const given = role === 'custom' ? custom : permissionsOfRole[role]
  return new Set(isSupport ? given : given.filter((each) => !teamPermissions.has(each)))
}
