import { z } from 'zod'
import { Conversation, Message } from './conversations.ts'

/** What the people of an organisation have asked, for those of it who may see that. */
export const ListOrganisationCases = z.object({
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  cursor: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})

export const OrganisationCaseList = z
  .object({
    cases: z.array(Conversation),
    counts: z.object({ open: z.int(), resolved: z.int() }),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'OrganisationCaseList' })
export type OrganisationCaseList = z.infer<typeof OrganisationCaseList>

export const OrganisationCase = z
  .object({
    conversation: Conversation,
    messages: z.array(Message),
    isWhole: z.boolean().meta({ description: 'Whether these are all messages, or the latest of many.' }),
  })
  .meta({ id: 'OrganisationCase' })
export type OrganisationCase = z.infer<typeof OrganisationCase>
