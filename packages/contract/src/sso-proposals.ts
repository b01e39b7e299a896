import { z } from 'zod'
import { ConversationId, Instant, typedText } from './primitives.ts'
import { SsoCause, SsoDiagnosis, SsoRemedy, SsoRemedyName } from './single-sign-on.ts'

export const SsoProposalId = z.uuid().brand<'SsoProposalId'>()
export type SsoProposalId = z.infer<typeof SsoProposalId>

/**
 * `overtaken`: by the time that somebody approved it nothing was left to mend, or not in this way. `done` is without
 * `settledBy` of the organisation where its rule let the agent do it.
 */
export const SsoProposalState = z.enum(['waiting', 'done', 'declined', 'overtaken'])
export type SsoProposalState = z.infer<typeof SsoProposalState>

/** What an agent pressed for somebody who cannot get in: the remedy of a diagnosis, and what became of it. */
export const SsoProposal = z
  .object({
    id: SsoProposalId,
    /** Whom it is about, as they sign in. */
    subject: z.string(),
    cause: SsoCause,
    values: z.record(z.string(), z.string()),
    remedy: SsoRemedy,
    state: SsoProposalState,
    proposedBy: z.string(),
    proposedAt: Instant,
    /** The agent did it at once. */
    byTeam: z.boolean(),
    settledBy: z.string().optional(),
    settledAt: Instant.optional(),
    /** Whether whoever asks may approve or decline it. */
    isYours: z.boolean(),
  })
  .meta({ id: 'SsoProposal' })
export type SsoProposal = z.infer<typeof SsoProposal>

/** Those that wait, and those that were settled in the last thirty days. */
export const SsoProposals = z.object({ proposals: z.array(SsoProposal) }).meta({ id: 'SsoProposals' })
export type SsoProposals = z.infer<typeof SsoProposals>

/** An agent's press. What it does is in the diagnosis, and nowhere in the request. */
export const PressSsoRemedy = z.strictObject({
  about: typedText(320).refine((text) => text !== ''),
  remedy: SsoRemedyName,
  /** Where the timeline says what became of it. */
  conversationId: ConversationId.exactOptional(),
})
export type PressSsoRemedy = z.infer<typeof PressSsoRemedy>

/** What an agent sees: whether a press does it or asks for it, and what was pressed before. */
export const SsoTeamDiagnosis = SsoDiagnosis.extend({
  press: z.enum(['does', 'proposes']).optional(),
  proposals: z.array(SsoProposal),
}).meta({ id: 'SsoTeamDiagnosis' })
export type SsoTeamDiagnosis = z.infer<typeof SsoTeamDiagnosis>
