import { z } from 'zod'
import { SanitisingPolicy } from './captures.ts'
import { MemberRole, Permission } from './permissions.ts'
import { AgentId, ContactId, Instant, Locale, OrganisationId } from './primitives.ts'
import { OpenIncidentLine } from './status.ts'

export const Password = z.string().min(12).max(200)
const email = z.email().max(254)
const name = z.string().trim().min(1).max(120)

export const Member = z
  .object({ id: AgentId, name: z.string(), email: z.string(), role: MemberRole })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>
export const MemberList = z.object({ members: z.array(Member) }).meta({ id: 'MemberList' })
export type MemberList = z.infer<typeof MemberList>

export const SignIn = z.strictObject({ email, password: z.string().min(1).max(200) })
export const AgentSession = z
  .object({
    member: Member,
    organisation: z
      .object({ id: OrganisationId, name: z.string(), slug: z.string(), kind: z.enum(['support', 'customer']) })
      .meta({ description: 'Whose member this is. Only members of the support organisation answer people.' }),
    permissions: z.array(Permission),
    brand: z.string(),
    locale: Locale,
    expiresAt: Instant,
    needs: z
      .literal('second_factor')
      .optional()
      .meta({ description: 'Before this is set up the session is good for nothing else.' }),
    secondFactorDueAt: Instant.optional().meta({ description: 'Until when it still goes without a second factor.' }),
    otherOrganisations: z
      .array(z.object({ id: OrganisationId, name: z.string() }))
      .meta({ description: 'Where this session can be changed over to: memberships that were proved together.' }),
  })
  .meta({ id: 'AgentSession' })
export type AgentSession = z.infer<typeof AgentSession>

/** Creates the first owner with the one-time token printed at start. */
export const SetUpOwner = z.strictObject({ token: z.string().min(20).max(200), name, email, password: Password })

export const InviteMember = z.strictObject({ email, role: MemberRole.default('agent'), locale: Locale.default('en') })
export const Invitation = z
  .object({
    email: z.string(),
    expiresAt: Instant,
    mail: z
      .enum(['queued', 'kept'])
      .meta({ description: '`kept`: no mail server is set; the mail waits in the data directory.' }),
    link: z.string(),
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof Invitation>
export const AcceptInvitation = z.strictObject({ token: z.string().min(20).max(200), name, password: Password })

/** A visitor's session: made with the first message, kept by the browser, sent as a bearer token. */
export const ContactSession = z.object({ token: z.string(), contactId: ContactId }).meta({ id: 'ContactSession' })
export type ContactSession = z.infer<typeof ContactSession>

/** What the bubble needs to draw itself. No cookie, no token, the same for everyone. */
export const WidgetSettings = z
  .object({
    brand: z.string(),
    locale: Locale,
    suggestions: z.array(z.string()),
    greeting: z.string().optional(),
    hoursLine: z.string().optional().meta({ description: 'When people answer, in the zone that was asked for.' }),
    side: z.enum(['right', 'left']).optional(),
    colours: z
      .string()
      .optional()
      .meta({ description: 'The colours of the brand as a style sheet for a shadow root.' }),
    maxAttachmentBytes: z.int(),
    sanitising: SanitisingPolicy.optional().meta({ description: 'How a capture is cleaned before it is sent.' }),
    maxCaptureBytes: z.int().optional().meta({ description: 'The largest capture, by resumable upload.' }),
    agentsOnline: z.boolean(),
    openIncidents: z
      .array(OpenIncidentLine)
      .optional()
      .meta({ description: 'Incidents that are open now, the worst first.' }),
    frameUrl: z.string(),
    helpCentreUrl: z.string(),
  })
  .meta({ id: 'WidgetSettings' })
export type WidgetSettings = z.infer<typeof WidgetSettings>

export const IdentifyContact = z.strictObject({ name: name.optional(), email: email.optional() })
