import { z } from 'zod'
import { Instant, typedText } from './primitives.ts'

/** As `limits.yamlBytes` of the flow format has it. */
export const maxFlowBytes = 256_000

/** `draft`: nobody gets it. `live`: people get the version that is live. `disabled`: who is in it goes to a person. */
export const FlowState = z.enum(['draft', 'live', 'disabled'])
export type FlowState = z.infer<typeof FlowState>

const title = z.object({ en: z.string(), el: z.string() })

export const FlowSummary = z
  .object({
    id: z.string(),
    title,
    state: FlowState,
    version: z.int().meta({ description: 'The one that was saved last.' }),
    liveVersion: z.int().optional(),
    steps: z.int(),
    isStarter: z.boolean().meta({ description: 'It came with the product.' }),
    isEdited: z.boolean().meta({ description: 'It came with the product and says something else now.' }),
    changedAt: Instant,
    changedBy: z.string().optional(),
    uses: z.int().meta({ description: 'Conversations that walked it in the last 30 days.' }),
    running: z.int().meta({ description: 'Conversations that are in it now.' }),
  })
  .meta({ id: 'FlowSummary' })
export type FlowSummary = z.infer<typeof FlowSummary>

export const FlowList = z.object({ flows: z.array(FlowSummary), mayEdit: z.boolean() }).meta({ id: 'FlowList' })
export type FlowList = z.infer<typeof FlowList>

/** The flow itself, as the format describes it. The server checks it whenever it is saved. */
export const FlowDocument = z.record(z.string(), z.unknown()).meta({ id: 'FlowDocument' })
export type FlowDocument = z.infer<typeof FlowDocument>

export const FlowVersion = z
  .object({
    version: z.int(),
    savedAt: Instant,
    savedBy: z.string().optional(),
    note: z.string().optional(),
    restoredFrom: z.int().optional(),
    origin: z.enum(['starter', 'team']),
    publishedAt: Instant.optional(),
    publishedBy: z.string().optional(),
  })
  .meta({ id: 'FlowVersion' })
export type FlowVersion = z.infer<typeof FlowVersion>

export const FlowDetail = FlowSummary.extend({
  mayEdit: z.boolean(),
  document: FlowDocument,
  live: FlowDocument.optional().meta({ description: 'What people get now, if it is another version.' }),
  cameFrom: z.array(z.object({ id: z.string(), title })).meta({ description: 'Live flows that lead on to this one.' }),
  others: z.array(z.object({ id: z.string(), title, state: FlowState })).meta({ description: 'Every other flow.' }),
}).meta({ id: 'FlowDetail' })
export type FlowDetail = z.infer<typeof FlowDetail>

export const FlowVersionList = z.object({ versions: z.array(FlowVersion) }).meta({ id: 'FlowVersionList' })
export type FlowVersionList = z.infer<typeof FlowVersionList>

export const FlowVersionDocument = z
  .object({ version: z.int(), document: FlowDocument })
  .meta({ id: 'FlowVersionDocument' })
export type FlowVersionDocument = z.infer<typeof FlowVersionDocument>

/** What is wrong with a flow and where: a path such as `steps[2].next`; line and column where it was a file. */
export const FlowFault = z
  .object({
    path: z.string(),
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    line: z.int().optional(),
    column: z.int().optional(),
  })
  .meta({ id: 'FlowFault' })
export type FlowFault = z.infer<typeof FlowFault>

/** What a file holds. `existing` is the flow of this id that is there already. */
export const FlowFile = z
  .object({
    problems: z.array(FlowFault),
    document: FlowDocument.optional(),
    existing: z.object({ version: z.int(), document: FlowDocument }).optional(),
  })
  .meta({ id: 'FlowFile' })
export type FlowFile = z.infer<typeof FlowFile>

const note = typedText(200).optional()
/** The version that a change was made from: another one means that someone was faster. */
const basedOn = z.int().min(1)

export const CreateFlow = z.strictObject({ document: FlowDocument, note })
export const SaveFlow = z.strictObject({ basedOn, document: FlowDocument, note })
export const PublishFlow = z.strictObject({ version: z.int().min(1) })
export const RestoreFlow = z.strictObject({ basedOn, version: z.int().min(1) })
export const ResetFlow = z.strictObject({ basedOn })
export const AtVersion = z.object({ version: z.coerce.number().int().min(1).optional() })
export const ImportFlow = z.object({ basedOn: z.coerce.number().int().min(1).optional() })
