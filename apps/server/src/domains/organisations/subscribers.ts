import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { InviteSettings } from './invitation-letters.ts'
import type { SettingsHolder } from './settings-holder.ts'
import { takeJoinRequest } from './use-cases/ask-to-join.ts'
import { sendWaitingInvitations } from './use-cases/send-waiting.ts'

export const settingsSubscribers = (holder: SettingsHolder): readonly Subscriber[] => [
  subscriber('organisations', 'settings.changed', (tx) => holder.refresh(tx)),
]

/** A seat is free, or a domain is proved: letters that waited for it go out. */
export const invitationSubscribers = (settings: InviteSettings): readonly Subscriber[] => [
  subscriber('organisations.invitations', 'invitations.due', (tx, { organisationId }) =>
    sendWaitingInvitations(tx, organisationId, settings),
  ),
  subscriber('organisations.joining', 'join.asked', (tx, { askId }) => takeJoinRequest(tx, askId, settings)),
  subscriber('organisations.invitations', 'domain.verified', (tx, { organisationId }) =>
    sendWaitingInvitations(tx, organisationId, settings),
  ),
]
