import type { MemberSource } from '@clew/contract/members'
import type { MemberRole, Permission } from '@clew/contract/permissions'
import type { Locale, MemberId, OrganisationId } from '@clew/contract/primitives'

export type OrganisationKind = 'support' | 'customer'

/** A member as rules see them, with the organisation that they are of. */
export type MemberRow = {
  id: MemberId
  organisationId: OrganisationId
  organisation: { name: string; slug: string; kind: OrganisationKind }
  name: string
  email: string
  role: MemberRole
  customRoleId: string | undefined
  permissions: ReadonlySet<Permission>
  locale: Locale
  timeZone: string | undefined
  title: string | undefined
  seatTypeId: string | undefined
  source: MemberSource
  /** The connection that looks after them. */
  connectionId: string | undefined
  expiresAt: Date | undefined
  deactivatedAt: Date | undefined
  deactivatedVia: 'console' | 'scim' | 'expiry' | undefined
}

export const invitationDays = 7

export const aliasDays = 30
export const confirmHours = 48

/** Addresses are compared as people mean them: without the case and the space around. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()

/** Whether somebody may sign in and act: not stopped, and not a guest whose time is over. */
export const isActive = ({ deactivatedAt, expiresAt }: MemberRow, now: Date): boolean =>
  deactivatedAt === undefined && (expiresAt === undefined || expiresAt > now)

/** Members of the support team who answer people see the team's routes; everyone else only their console. */
export const isAgent = ({ organisation, permissions }: MemberRow): boolean =>
  organisation.kind === 'support' && permissions.has('conversations.answer')
