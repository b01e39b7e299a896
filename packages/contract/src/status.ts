import { z } from 'zod'
import { componentStatuses } from './component-severity.ts'
import { AgentId, ComponentId, IncidentId, Instant, typedText } from './primitives.ts'

/** The words of Statuspage v2, which programs everywhere know. */
export const ComponentStatus = z.enum(componentStatuses)
export type ComponentStatus = z.infer<typeof ComponentStatus>

export const IncidentImpact = z.enum(['none', 'minor', 'major', 'critical'])
export type IncidentImpact = z.infer<typeof IncidentImpact>

export const IncidentStatus = z.enum(['investigating', 'identified', 'monitoring', 'resolved'])
export type IncidentStatus = z.infer<typeof IncidentStatus>

/** A text in each language. One of them may be empty: readers are then shown the other. */
export const LocalText = z.object({ en: z.string(), el: z.string() })
export type LocalText = z.infer<typeof LocalText>

const writtenText = (max: number) =>
  z
    .strictObject({ en: typedText(max).default(''), el: typedText(max).default('') })
    .refine(({ en, el }) => en !== '' || el !== '', { error: 'must be written in at least one language' })
const optionalText = (max: number) => z.strictObject({ en: typedText(max).default(''), el: typedText(max).default('') })

export const StatusComponent = z
  .object({
    id: ComponentId,
    slug: z.string(),
    names: LocalText,
    descriptions: LocalText,
    status: ComponentStatus,
    isGroup: z.boolean(),
    groupId: ComponentId.optional(),
    position: z.int(),
    keywords: z.array(z.string()).meta({ description: 'Words by which people name the component in a symptom.' }),
    hosts: z.array(z.string()).meta({ description: 'Hosts whose failing requests speak of the component.' }),
    updatedAt: Instant,
  })
  .meta({ id: 'StatusComponent' })
export type StatusComponent = z.infer<typeof StatusComponent>

export const AffectedComponent = z.strictObject({ componentId: ComponentId, status: ComponentStatus })
export type AffectedComponent = z.infer<typeof AffectedComponent>

export const IncidentUpdate = z
  .object({
    id: z.uuid(),
    clientUpdateId: z.uuid(),
    status: IncidentStatus,
    bodies: LocalText,
    authorId: AgentId.optional(),
    at: Instant,
    editedAt: Instant.optional(),
    changes: z.array(z.object({ componentId: ComponentId, from: ComponentStatus, to: ComponentStatus })),
  })
  .meta({ id: 'IncidentUpdate' })
export type IncidentUpdate = z.infer<typeof IncidentUpdate>

export const Incident = z
  .object({
    id: IncidentId,
    titles: LocalText,
    impact: IncidentImpact,
    status: IncidentStatus,
    components: z.array(AffectedComponent),
    startedAt: Instant,
    resolvedAt: Instant.optional(),
    updates: z.array(IncidentUpdate).meta({ description: 'The newest first.' }),
    updatedAt: Instant,
  })
  .meta({ id: 'Incident' })
export type Incident = z.infer<typeof Incident>

export const ComponentList = z.object({ components: z.array(StatusComponent) }).meta({ id: 'ComponentList' })
export type ComponentList = z.infer<typeof ComponentList>

export const ListIncidents = z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) })
export const IncidentList = z
  .object({ incidents: z.array(Incident).meta({ description: 'Open ones first, then the newest.' }) })
  .meta({ id: 'IncidentList' })
export type IncidentList = z.infer<typeof IncidentList>

const affected = z
  .array(AffectedComponent)
  .max(50)
  .refine((all) => new Set(all.map(({ componentId }) => componentId)).size === all.length, {
    error: 'must name a component once',
  })
const title = writtenText(200)
const body = writtenText(4000)

export const OpenIncident = z.strictObject({
  clientIncidentId: z.uuid(),
  titles: title,
  impact: IncidentImpact,
  status: IncidentStatus.exclude(['resolved']).default('investigating'),
  components: affected,
  bodies: body,
  startedAt: Instant.optional().meta({ description: 'When it began, if that was before now.' }),
})
export type OpenIncident = z.input<typeof OpenIncident>

/** `resolved` ends the incident; any other status on a resolved one opens it again. */
export const PostUpdate = z.strictObject({
  clientUpdateId: z.uuid(),
  status: IncidentStatus,
  bodies: body,
  components: affected.optional().meta({ description: 'All that are hurt from now on; left out, as before.' }),
})
export type PostUpdate = z.input<typeof PostUpdate>

/** Corrects what was written; tells nobody that something new happened. */
export const CorrectIncident = z.strictObject({
  titles: title.optional(),
  impact: IncidentImpact.optional(),
  startedAt: Instant.optional(),
})
export type CorrectIncident = z.input<typeof CorrectIncident>

export const CorrectUpdate = z.strictObject({ bodies: body })
export type CorrectUpdate = z.input<typeof CorrectUpdate>

export const SetComponentStatus = z.strictObject({ status: ComponentStatus })

const words = z.array(typedText(80).refine((word) => word !== '', { error: 'must not be empty' })).max(40)

export const SaveComponent = z.strictObject({
  slug: z.string().regex(/^[a-z0-9_]{1,60}$/),
  names: writtenText(80),
  descriptions: optionalText(300).default({ en: '', el: '' }),
  isGroup: z.boolean().default(false),
  groupId: ComponentId.optional(),
  position: z.int().min(0).max(10_000),
  keywords: words.default([]),
  hosts: words.default([]),
})
export type SaveComponent = z.input<typeof SaveComponent>

/** An incident as the bubble shows it before the first message. */
export const OpenIncidentLine = z
  .object({
    id: IncidentId,
    title: z.string(),
    locale: z.enum(['en', 'el']).meta({ description: 'The language that the title is in.' }),
    state: z.enum(['ok', 'degraded', 'partial', 'major', 'maintenance']),
    status: IncidentStatus,
    startedAt: Instant,
    url: z.string(),
  })
  .meta({ id: 'OpenIncidentLine' })
export type OpenIncidentLine = z.infer<typeof OpenIncidentLine>
