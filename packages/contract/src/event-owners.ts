import type { EventName, EventPayload } from './events.ts'
import type { ContactId, OrganisationId } from './primitives.ts'

/**
 * Whose an event is. What its payload carries decides: a contact, an organisation. Of the others each says whether it
 * is of the whole installation, or of a row that alone knows whose it is.
 */
export type EventOwner = 'contact' | 'organisation' | 'installation' | 'row'

type OwnerOf<P> = P extends { contactId: ContactId }
  ? 'contact'
  : P extends { organisationId: OrganisationId }
    ? 'organisation'
    : 'installation' | 'row'

/** An event that is not in here, or that claims an owner whom its payload does not carry, does not compile. */
export type EventOwners<Payloads> = { readonly [N in keyof Payloads]: OwnerOf<Payloads[N]> }

export const eventOwners: EventOwners<{ [N in EventName]: EventPayload<N> }> = {
  'conversation.started': 'contact',
  'message.created': 'contact',
  'conversation.handed_over': 'contact',
  'conversation.taken_over': 'contact',
  'conversation.called_back': 'contact',
  'conversation.assigned': 'contact',
  'conversation.resolved': 'contact',
  'conversation.reopened': 'contact',
  'conversation.snoozed': 'contact',
  'conversation.woken': 'contact',
  'conversation.tagged': 'contact',
  'conversation.read': 'contact',
  'conversation.erased': 'row',
  'contact.identified': 'contact',
  'contact.verified': 'contact',
  'contact.left_behind': 'contact',
  'conversation.left': 'contact',
  'contact.organisation_changed': 'contact',
  'contact.link_requested': 'row',
  'case.changed': 'contact',
  'request.looked_up': 'contact',
  'capture.attached': 'contact',
  'capture.received': 'contact',
  'capture.progressed': 'contact',
  'capture.analysed': 'contact',
  'capture.expired': 'contact',
  'upload.progressed': 'contact',
  'upload.completed': 'contact',
  'upload.kept': 'contact',
  'upload.ended': 'contact',
  'file.waiting': 'row',
  'file.checked': 'row',
  'message.file_checked': 'contact',
  'member.invited': 'row',
  'member.joined': 'organisation',
  'member.deactivated': 'organisation',
  'member.reactivated': 'organisation',
  'member.removed': 'organisation',
  'member.role_changed': 'organisation',
  'invitations.due': 'organisation',
  'join.asked': 'row',
  'domain.verified': 'organisation',
  'settings.changed': 'installation',
  'mail.queued': 'row',
  'articles.changed': 'installation',
  'flow.published': 'installation',
  'flow.withdrawn': 'installation',
  'incident.opened': 'installation',
  'incident.updated': 'installation',
  'incident.resolved': 'installation',
  'incident.follower_due': 'row',
  'incident.corrected': 'installation',
  'component.saved': 'installation',
  'component.status_changed': 'installation',
  'sso.remedy_changed': 'organisation',
  'usage.counted': 'organisation',
  'audit.recorded': 'organisation',
  'export.ended': 'organisation',
  'export.queued': 'organisation',
}

/** The organisation whose an event is, if it is one's. */
export const organisationOfEvent = (name: EventName, payload: object): OrganisationId | undefined =>
  eventOwners[name] === 'organisation' && 'organisationId' in payload
    ? (payload.organisationId as OrganisationId)
    : undefined
