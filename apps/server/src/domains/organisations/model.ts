import type { AgentId, OrganisationId } from '@clew/contract/primitives'
import type { MemberRole } from '@clew/contract/sessions'

export type MemberRow = { id: AgentId; organisationId: OrganisationId; name: string; email: string; role: MemberRole }

export const invitationDays = 7

/** Addresses are compared as people mean them: without the case and the space around. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()
