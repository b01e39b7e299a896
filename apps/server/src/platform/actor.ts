import type { AgentId, ContactId, OrganisationId } from '@clew/contract/primitives'
import type { MemberRole } from '@clew/contract/sessions'

/** Who acts. */
export type Actor =
  | { type: 'agent'; id: AgentId; name: string; role: MemberRole; organisationId: OrganisationId }
  | { type: 'contact'; id: ContactId }
  | { type: 'assistant' }
  | { type: 'system'; job: string }
  | { type: 'visitor' }

/** What a transaction may see: a database role, and for some the one row owner. See house, "Who sees what". */
export type Scope = { role: 'clew_team' } | { role: 'clew_contact'; contactId: ContactId } | { role: 'clew_system' }

/** A visitor has no rows of their own; they get the contact's scope with no contact set, which sees nothing. */
export function scopeOf(actor: Actor): Scope {
  switch (actor.type) {
    case 'agent':
      return { role: 'clew_team' }
    case 'contact':
      return { role: 'clew_contact', contactId: actor.id }
    case 'visitor':
      return { role: 'clew_contact', contactId: '00000000-0000-0000-0000-000000000000' as ContactId }
    case 'assistant':
    case 'system':
      return { role: 'clew_system' }
  }
}
