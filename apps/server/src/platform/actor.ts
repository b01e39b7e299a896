import type { MemberRole, Permission } from '@clew/contract/permissions'
import type { AgentId, ContactId, MemberId, OrganisationId } from '@clew/contract/primitives'

/** Somebody of an organisation, at its console: of a customer's, or of the support team's own. */
export type MemberActor = {
  type: 'member'
  id: MemberId
  name: string
  role: MemberRole
  organisationId: OrganisationId
  /** Whether it is the support team's organisation. */
  isSupport: boolean
  permissions: ReadonlySet<Permission>
  /** An agent of the support team, whom the organisation has let in for this one thing. */
  isLetIn?: true
}

/** Who acts. */
export type Actor =
  | {
      type: 'agent'
      id: AgentId
      name: string
      role: MemberRole
      organisationId: OrganisationId
      permissions: ReadonlySet<Permission>
    }
  | MemberActor
  | { type: 'contact'; id: ContactId }
  /** An identity provider that looks after the people of an organisation. */
  | { type: 'connection'; id: string; name: string; organisationId: OrganisationId }
  | { type: 'assistant' }
  | { type: 'system'; job: string }
  | { type: 'visitor' }

/** What a transaction may see: a database role, and for some the one row owner. See house, "Who sees what". */
export type Scope =
  | { role: 'clew_team' }
  | { role: 'clew_organisation'; organisationId: OrganisationId }
  | { role: 'clew_contact'; contactId: ContactId }
  | { role: 'clew_system' }

/** A visitor has no rows of their own; they get the contact's scope with no contact set, which sees nothing. */
export function scopeOf(actor: Actor): Scope {
  switch (actor.type) {
    case 'agent':
      return { role: 'clew_team' }
    case 'member':
    case 'connection':
      return { role: 'clew_organisation', organisationId: actor.organisationId }
    case 'contact':
      return { role: 'clew_contact', contactId: actor.id }
    case 'visitor':
      return { role: 'clew_contact', contactId: '00000000-0000-0000-0000-000000000000' as ContactId }
    case 'assistant':
    case 'system':
      return { role: 'clew_system' }
  }
}
