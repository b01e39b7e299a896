import type { SsoProposal, SsoProposals } from '@clew/contract/sso-proposals'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { gatherFacts } from '../gather-facts.ts'
import { diagnose } from '../model.diagnosis.ts'
import { isStillOffered, type ProposalRow } from '../model.proposals.ts'
import { noteProposal } from '../note-proposal.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeReadSso, authorizeSettleProposal } from '../policy.ts'
import { listProposals, lockProposal, updateProposal } from '../repository.proposals.ts'
import { proposalView } from '../views.proposals.ts'
import { applyRemedy, type RemedyParts } from './apply-remedy.ts'

export type ProposalParts = SsoParts & RemedyParts

/** What agents of the support team proposed to mend. */
export async function readProposals(ctx: Ctx): Promise<SsoProposals> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadSso(actor)
    return { proposals: (await listProposals(tx, actor.organisationId)).map((each) => proposalView(each, actor)) }
  })
}

/**
 * Does what was proposed, as whoever approves it. Where the diagnosis of this moment no longer offers it, nothing is done
 * and the proposal is overtaken. What is settled already stays as it is.
 */
export async function approveProposal(ctx: Ctx, id: string, parts: ProposalParts): Promise<SsoProposal> {
  authorizeReadSso(ctx.actor)
  const { organisationId } = ctx.actor
  // Who looks after the people of the organisation is another room's to say.
  const by = await parts
    .asSystem(ctx, 'single-sign-on.approve')
    .transaction((tx) => parts.provisionedBy(tx, organisationId))
  return settle(ctx, id, async (tx, { about, remedy }) => {
    const { facts } = await gatherFacts(tx, { about, within: organisationId }, { provisionedBy: async () => by })
    if (!isStillOffered(diagnose(facts), remedy)) return 'overtaken'
    await applyRemedy(tx, { ...remedy, locale: tx.locale }, parts)
    return 'done'
  })
}

/** Nothing is done, and the agent reads that it was declined. */
export const declineProposal = (ctx: Ctx, id: string): Promise<SsoProposal> => settle(ctx, id, async () => 'declined')

type Decide = (tx: TxCtx, proposal: ProposalRow) => Promise<'done' | 'declined' | 'overtaken'>

async function settle(ctx: Ctx, id: string, decide: Decide): Promise<SsoProposal> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadSso(actor)
    const proposal = await lockProposal(tx, { id, organisationId: actor.organisationId })
    if (!proposal) throw new AppError('sso.proposal_not_found')
    authorizeSettleProposal(actor, proposal.remedy.remedy)
    if (proposal.state !== 'waiting') return proposalView(proposal, actor)
    return write(tx, actor, { ...proposal, state: await decide(tx, proposal) })
  })
}

async function write(tx: TxCtx, actor: MemberActor, proposal: ProposalRow): Promise<SsoProposal> {
  const settled = { ...proposal, settledByName: actor.name, settledAt: tx.clock.now() }
  await updateProposal(tx, settled)
  noteProposal(tx, settled)
  return proposalView(settled, actor)
}
