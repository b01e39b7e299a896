import type { OrganisationId } from '@clew/contract/primitives'
import type { PressSsoRemedy, SsoProposal, SsoProposalId } from '@clew/contract/sso-proposals'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import { boundTo, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { findOrganisation, listOwnersToTell, securityPolicy } from '../../organisations/index.ts'
import { type Agent, actorIn } from '../actor-in.ts'
import { gatherFacts } from '../gather-facts.ts'
import { askingMail } from '../mails.ts'
import { diagnose } from '../model.diagnosis.ts'
import { findOffered, type ProposalRow } from '../model.proposals.ts'
import { noteProposal } from '../note-proposal.ts'
import { authorizeDiagnoseForTeam } from '../policy.ts'
import { insertProposal, lockWaiting, updateProposal } from '../repository.proposals.ts'
import { proposalView } from '../views.proposals.ts'
import { applyRemedy } from './apply-remedy.ts'
import { gatherForTeam } from './diagnose.ts'
import type { ProposalParts } from './settle-proposal.ts'

type Press = PressSsoRemedy & { organisationId: OrganisationId; by: string | undefined; agent: Agent }

/**
 * One press of an agent. It does what the diagnosis offers where the organisation lets the support team do that, and
 * where it is the team's own and the agent may; everywhere else it asks the organisation's own people for one press of
 * theirs. What is done is in the diagnosis of this moment: the request only names it.
 */
export async function pressRemedy(ctx: Ctx, input: PressSsoRemedy, parts: ProposalParts): Promise<SsoProposal> {
  authorizeDiagnoseForTeam(ctx.actor)
  const agent = ctx.actor
  const found = await parts.asSystem(ctx, 'single-sign-on.press_remedy').transaction(async (tx) => {
    const { asked, gathered } = await gatherForTeam(tx, input.about, parts)
    const { organisationId } = gathered
    return { about: asked, organisationId, by: organisationId && (await parts.provisionedBy(tx, organisationId)) }
  })
  const { organisationId } = found
  if (organisationId === undefined) throw new AppError('sso.remedy_unfit')
  const press = { ...input, ...found, organisationId, agent }
  return proposalView((await repair(ctx, press, parts)) ?? (await propose(ctx, press, parts)), agent)
}

/** Who may do more than the agent here is left to the organisation's own people. */
const beyond: ReadonlySet<string> = new Set(['role.owners_only', 'role.beyond_own', 'member.outranks'])

async function repair(ctx: Ctx, press: Press, parts: ProposalParts): Promise<ProposalRow | undefined> {
  const actor = actorIn(press.organisationId, press)
  if (!actor) return undefined
  try {
    return await parts.asMember(ctx, actor).transaction((tx) => repairIn(tx, { press, actor }, parts))
  } catch (error) {
    if (error instanceof AppError && beyond.has(error.code)) return undefined
    throw error
  }
}

async function repairIn(
  tx: TxCtx,
  { press, actor }: { press: Press; actor: MemberActor },
  parts: ProposalParts,
): Promise<ProposalRow | undefined> {
  const { organisationId, agent } = press
  if (actor.isLetIn && !(await securityPolicy(tx, organisationId, 'support')).mayRepairSignIns) return undefined
  const draft = await draftOf(tx, press)
  await applyRemedy(tx, { ...draft.remedy, locale: tx.locale }, parts)
  const settled = { state: 'done', byTeam: true, settledByName: agent.name, settledAt: tx.clock.now() } as const
  const waiting = await lockWaiting(tx, draft)
  const done: ProposalRow = { ...(waiting ?? draft), ...settled }
  if (waiting) await updateProposal(tx, done)
  else await insertProposal(tx, done)
  noteProposal(tx, done)
  return done
}

async function propose(ctx: Ctx, press: Press, parts: ProposalParts): Promise<ProposalRow> {
  const { organisationId } = press
  return parts.asSystem(ctx, 'single-sign-on.press_remedy').transaction(async (system) => {
    const tx = boundTo(system, organisationId)
    const draft = await draftOf(tx, press)
    if (!(await insertProposal(tx, draft))) return (await lockWaiting(tx, draft)) ?? draft
    await writeToOwners(tx, draft, parts)
    noteProposal(tx, draft)
    return draft
  })
}

/** What the diagnosis of this moment offers, within the organisation and by what it may know. */
async function draftOf(tx: TxCtx, press: Press): Promise<ProposalRow> {
  const { organisationId, about, by, agent, conversationId } = press
  const gathered = await gatherFacts(tx, { about, within: organisationId }, { provisionedBy: async () => by })
  const diagnosis = diagnose(gathered.facts)
  const remedy = findOffered(diagnosis, press.remedy)
  if (!remedy) throw new AppError('sso.remedy_unfit')
  return {
    id: tx.ids.next() as SsoProposalId,
    organisationId,
    about,
    subject: gathered.address ?? about,
    cause: diagnosis.cause,
    values: diagnosis.values,
    remedy,
    conversationId,
    proposedBy: agent.id,
    proposedByName: agent.name,
    proposedAt: tx.clock.now(),
    byTeam: false,
    state: 'waiting',
    settledByName: undefined,
    settledAt: undefined,
  }
}

async function writeToOwners(tx: TxCtx, proposal: ProposalRow, parts: ProposalParts): Promise<void> {
  const { id, organisationId, subject, proposedByName } = proposal
  const organisation = await findOrganisation(tx, organisationId)
  const letter = {
    agent: proposedByName,
    brand: parts.brand(),
    person: subject,
    organisation: organisation?.name ?? '',
    link: `${parts.baseUrl()}/app/console/sso#proposal=${id}`,
  }
  for (const owner of await listOwnersToTell(tx, organisationId))
    await queueMail(tx, {
      idempotencyKey: `sso-proposal:${id}:${owner.id}`,
      to: owner.email,
      ...askingMail(owner.locale, letter),
    })
}
