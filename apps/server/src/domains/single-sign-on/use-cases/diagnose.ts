import type { SsoDiagnosis } from '@clew/contract/single-sign-on'
import type { SsoTeamDiagnosis } from '@clew/contract/sso-proposals'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { findOrganisation, securityPolicy } from '../../organisations/index.ts'
import { type Agent, actorIn } from '../actor-in.ts'
import { type About, type Gathered, gatherFacts } from '../gather-facts.ts'
import { type Diagnosis, diagnose } from '../model.diagnosis.ts'
import { readCaseNumber } from '../model.ts'
import type { SsoParts } from '../parts.ts'
import {
  authorizeDiagnoseForTeam,
  authorizeLookUp,
  authorizeProtocol,
  authorizeReadCases,
  authorizeReadSso,
} from '../policy.ts'
import { listProposals } from '../repository.proposals.ts'
import { proposalView } from '../views.proposals.ts'
import { viewAttempts } from './read-console.ts'

/** Why somebody of the organisation cannot get in: by their address, the reference they were shown, or their case. */
export async function diagnoseForAdmin(ctx: Ctx, about: string, parts: SsoParts): Promise<SsoDiagnosis> {
  const { actor } = ctx
  authorizeReadSso(actor)
  const { organisationId } = actor
  if (readCaseNumber(about) !== undefined) authorizeReadCases(actor)
  // Provisioning and cases are other rooms', and what they say does not depend on who asks.
  const { by, asked } = await parts.asSystem(ctx, 'single-sign-on.diagnose').transaction(async (tx) => ({
    by: await parts.provisionedBy(tx, organisationId),
    asked: await resolve(tx, { about, within: organisationId }, parts),
  }))
  return ctx.transaction(async (tx) => {
    authorizeReadSso(tx.actor)
    const gathered = await gatherFacts(tx, { about: asked, within: organisationId }, { provisionedBy: async () => by })
    return viewOf(tx, gathered, asked)
  })
}

/** The same for an agent, whoever's the person is. The person hears nothing of it. */
export async function diagnoseForTeam(ctx: Ctx, about: string, parts: SsoParts): Promise<SsoTeamDiagnosis> {
  authorizeDiagnoseForTeam(ctx.actor)
  const { actor } = ctx
  return parts.asSystem(ctx, 'single-sign-on.diagnose').transaction(async (tx) => {
    const { asked, gathered } = await gatherForTeam(tx, about, parts)
    const view = await viewOf(tx, gathered, asked)
    if (gathered.organisationId !== undefined)
      recordAudit(tx, {
        action: 'organisation.viewed_by_team',
        organisationId: gathered.organisationId,
        actor: { type: 'agent', id: actor.id, name: actor.name },
        metadata: { what: 'sso_diagnosis', cause: view.cause },
      })
    return { ...view, ...(await pressOf(tx, { actor, view })) }
  })
}

type Looking = { actor: Agent; view: SsoDiagnosis }

/** What a press of the agent would come to, and what was pressed for this person before. */
async function pressOf(
  tx: TxCtx,
  { actor, view: { organisation, remedies, subject } }: Looking,
): Promise<Pick<SsoTeamDiagnosis, 'press' | 'proposals'>> {
  if (organisation === undefined) return { proposals: [] }
  const presses = remedies.filter(({ isOneClick }) => isOneClick)
  const isOwn = actor.organisationId === organisation.id
  const isOpen = isOwn || (await securityPolicy(tx, organisation.id, 'support')).mayRepairSignIns
  const may = presses.every(({ remedy }) => actorIn(organisation.id, { remedy, agent: actor }))
  const proposals = await listProposals(tx, organisation.id, subject)
  return {
    ...(presses.length > 0 ? { press: isOpen && may ? 'does' : 'proposes' } : {}),
    proposals: proposals.map((each) => proposalView(each, actor)),
  }
}

/** What is known of whoever is asked about, whoever's they are. In the scope of the system. */
export async function gatherForTeam(
  tx: TxCtx,
  about: string,
  parts: SsoParts,
): Promise<{ asked: string; gathered: Gathered }> {
  authorizeProtocol(tx.actor)
  const asked = await resolve(tx, { about, within: undefined }, parts)
  return { asked, gathered: await gatherFacts(tx, { about: asked, within: undefined }, parts) }
}

/** The number of a case becomes what its person goes by at sign-in; everything else stays as it was typed. */
async function resolve(tx: TxCtx, { about, within }: About, parts: SsoParts): Promise<string> {
  const number = readCaseNumber(about)
  return (number === undefined ? undefined : await parts.signInNameOfCase(tx, { number, within })) ?? about
}

async function viewOf(tx: TxCtx, gathered: Gathered, about: string): Promise<SsoDiagnosis> {
  const { organisationId, attempt, address } = gathered
  const diagnosis = diagnose(gathered.facts)
  const organisation = organisationId && (await findOrganisation(tx, organisationId))
  const [shown] = attempt && organisationId ? await viewAttempts(tx, organisationId, [attempt]) : []
  return {
    cause: diagnosis.cause,
    ...(diagnosis.letter === undefined ? {} : { letter: diagnosis.letter }),
    values: diagnosis.values,
    findings: diagnosis.findings,
    remedies: diagnosis.remedies,
    ...(organisation ? { organisation: { id: organisation.id, name: organisation.name } } : {}),
    ...(shown ? { attempt: shown } : {}),
    subject: address ?? about,
  }
}

type MembershipOutcome = 'member' | 'inactive' | 'invited' | 'domain-changed' | 'not-member' | 'unknown'

/** What a troubleshooting flow may know, in one word. In the scope of the system. */
export async function lookUpMembership(
  tx: TxCtx,
  about: string,
  parts: Pick<SsoParts, 'provisionedBy'>,
): Promise<{ outcome: MembershipOutcome; diagnosis: Diagnosis }> {
  authorizeLookUp(tx.actor)
  const { facts } = await gatherFacts(tx, { about, within: undefined }, parts)
  const diagnosis = diagnose(facts)
  return { outcome: outcomes[diagnosis.cause], diagnosis }
}

const outcomes: Readonly<Record<Diagnosis['cause'], MembershipOutcome>> = {
  works: 'member',
  untrusted_response: 'unknown',
  interrupted: 'unknown',
  connection_off: 'unknown',
  address_missing: 'unknown',
  address_not_verified: 'unknown',
  deactivated_by_provisioning: 'inactive',
  deactivated: 'inactive',
  guest_ended: 'inactive',
  no_seat: 'not-member',
  wrong_connection: 'not-member',
  address_differs: 'domain-changed',
  invited_elsewhere: 'invited',
  invitation_expired: 'invited',
  invitation_open: 'invited',
  domain_unknown: 'not-member',
  not_provisioned: 'not-member',
  not_invited: 'not-member',
  nothing_known: 'unknown',
}
