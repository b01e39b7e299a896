import { z } from 'zod'
import {
  AgentId,
  CaptureId,
  ComponentId,
  ContactId,
  ConversationId,
  FileId,
  IncidentId,
  Instant,
  Locale,
  MemberId,
  MessageId,
  OrganisationId,
} from './primitives.ts'
import { SettingsGroup } from './settings.ts'
import { SsoRemedyName } from './single-sign-on.ts'
import { ComponentStatus, IncidentImpact, IncidentStatus } from './status.ts'

const onConversation = { conversationId: ConversationId, contactId: ContactId }
const byAgent = { agentId: AgentId.optional() }
const ofMember = { organisationId: OrganisationId, memberId: MemberId }

/** What is written to the event log: ids, and what was true at that moment. */
export const events = {
  'conversation.started': z.object({ ...onConversation, locale: Locale }),
  'message.created': z.object({
    ...onConversation,
    messageId: MessageId,
    seq: z.int(),
    kind: z.enum(['message', 'note', 'activity']),
    author: z.enum(['contact', 'agent', 'assistant', 'system']),
  }),
  'conversation.handed_over': z.object({ ...onConversation, reason: z.string() }),
  'conversation.taken_over': z.object({ ...onConversation, agentId: AgentId }),
  'conversation.called_back': z.object({ ...onConversation, agentId: AgentId }),
  'conversation.assigned': z.object({ ...onConversation, agentId: AgentId.nullable() }),
  'conversation.resolved': z.object({ ...onConversation }),
  'conversation.reopened': z.object({ ...onConversation }),
  /** Put off by an agent. The contact hears nothing of it, nor of its end. */
  'conversation.snoozed': z.object({ ...onConversation, agentId: AgentId, until: Instant }),
  /** Back among what is to be done: its time came, the contact wrote, or an agent answered, resolved or woke it. */
  'conversation.woken': z.object({ ...onConversation, by: z.enum(['time', 'contact', 'agent']) }),
  'conversation.tagged': z.object({ ...onConversation, added: z.array(z.string()), removed: z.array(z.string()) }),
  'conversation.read': z.object({ ...onConversation, seq: z.int() }),
  /** Nothing is left of it but its id. Names its contact only while there still is one who may hear of it. */
  'conversation.erased': z.object({ conversationId: ConversationId, contactId: ContactId.optional() }),
  'contact.identified': z.object({ ...onConversation }),
  'contact.verified': z.object({ contactId: ContactId }),
  /** Somebody turned out to be of an organisation, or of none any more. */
  /** What a contact asked stays where they were; `leftId` carries it from now on. */
  'contact.left_behind': z.object({ contactId: ContactId, leftId: ContactId }),
  /** It is no longer the contact's, who is told; it stays as it is for everybody else. */
  'conversation.left': z.object({ ...onConversation }),
  'contact.organisation_changed': z.object({ contactId: ContactId, organisationId: OrganisationId.nullable() }),
  'contact.link_requested': z.object({ linkId: z.uuid() }),
  'case.changed': z.object({ ...onConversation, fields: z.array(z.string()) }),
  'request.looked_up': z.object({ ...onConversation, requestIds: z.array(z.string()) }),
  'capture.attached': z.object({ ...onConversation, captureId: CaptureId, fileId: FileId }),
  'capture.received': z.object({ ...onConversation, captureId: CaptureId }),
  'capture.progressed': z.object({ ...onConversation, captureId: CaptureId }),
  'capture.analysed': z.object({ ...onConversation, captureId: CaptureId }),
  'capture.expired': z.object({ ...onConversation, captureId: CaptureId }),
  'upload.progressed': z.object({ contactId: ContactId, fileId: FileId, receivedBytes: z.int() }),
  'upload.completed': z.object({ contactId: ContactId, fileId: FileId }),
  'upload.kept': z.object({ contactId: ContactId, fileId: FileId }),
  'upload.ended': z.object({ contactId: ContactId, fileId: FileId, reason: z.enum(['cancelled', 'expired']) }),
  /** A file waits for the virus scanner. */
  'file.waiting': z.object({ fileId: FileId, contactId: ContactId.optional() }),
  'file.checked': z.object({ fileId: FileId, contactId: ContactId.optional(), isClean: z.boolean() }),
  /** Somebody can open a file of the message now, or never will. */
  'message.file_checked': z.object({ ...onConversation, messageId: MessageId }),
  'member.invited': z.object({ invitationId: z.uuid() }),
  'member.joined': z.object({ ...ofMember }),
  /** Access has ended: sessions, streams and keys go. */
  'member.deactivated': z.object({ ...ofMember, via: z.enum(['console', 'scim', 'expiry']) }),
  'member.reactivated': z.object({ ...ofMember }),
  'member.removed': z.object({ ...ofMember, successorId: MemberId.optional() }),
  /** What somebody may do is another now. */
  'member.role_changed': z.object({ ...ofMember }),
  /** Somebody can have a seat who waits for one, or a letter can go out that waited for its domain. */
  'invitations.due': z.object({ organisationId: OrganisationId }),
  /** Somebody asks to join an organisation, if there is one. */
  'join.asked': z.object({ askId: z.uuid() }),
  /** A domain counts as an organisation's own from now on; `withCases`: and what was asked from it under another. */
  'domain.verified': z.object({
    organisationId: OrganisationId,
    name: z.string(),
    coversSubdomains: z.boolean(),
    withCases: z.boolean().optional(),
  }),
  'settings.changed': z.object({ group: SettingsGroup, version: z.int(), agentId: AgentId }),
  'mail.queued': z.object({ mailId: z.uuid() }),
  'articles.changed': z.object({ locale: Locale }),
  'flow.published': z.object({ flowId: z.string(), version: z.int(), ...byAgent }),
  'flow.withdrawn': z.object({ flowId: z.string(), state: z.enum(['draft', 'disabled']), ...byAgent }),
  'incident.opened': z.object({ incidentId: IncidentId, updateId: z.uuid(), impact: IncidentImpact, ...byAgent }),
  'incident.updated': z.object({ incidentId: IncidentId, updateId: z.uuid(), status: IncidentStatus, ...byAgent }),
  'incident.resolved': z.object({ incidentId: IncidentId, updateId: z.uuid(), ...byAgent }),
  /** A conversation that follows an incident is to be told of an update; once for each. */
  'incident.follower_due': z.object({ incidentId: IncidentId, updateId: z.uuid(), conversationId: ConversationId }),
  'incident.corrected': z.object({
    incidentId: IncidentId,
    updateId: z.uuid().optional(),
    fields: z.array(z.string()),
    ...byAgent,
  }),
  'component.saved': z.object({ componentId: ComponentId, isNew: z.boolean(), ...byAgent }),
  'component.status_changed': z.object({
    componentId: ComponentId,
    from: ComponentStatus,
    to: ComponentStatus,
    incidentId: IncidentId.optional(),
    ...byAgent,
  }),
  /** Proposed by an agent, or settled. `conversationId`: where the agent read why somebody does not get in. */
  'sso.remedy_changed': z.object({
    organisationId: OrganisationId,
    conversationId: ConversationId,
    remedy: SsoRemedyName,
    state: z.enum(['proposed', 'done', 'declined', 'overtaken']),
    byName: z.string(),
    byTeam: z.boolean(),
  }),
  'usage.counted': z.object({ organisationId: OrganisationId, meters: z.array(z.string()) }),
  'audit.recorded': z.object({ organisationId: OrganisationId }),
  /** Nothing of an export is to be kept now. */
  'export.ended': z.object({ organisationId: OrganisationId, exportId: z.uuid() }),
  /** An export can be built now. */
  'export.queued': z.object({ organisationId: OrganisationId, exportId: z.uuid() }),
} as const

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>
