import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { SsoBreakGlass, SsoRequirement } from '@clew/contract/single-sign-on'
import type { TxCtx } from '../../../platform/ctx.ts'
import { type Addressed, listAddressed, listNames } from '../../organisations/index.ts'
import { readCredentials, signInFacts } from '../../sign-in/index.ts'
import { type GateFacts, gateRules, isOpen, lockedOut } from '../model.gate.ts'
import { proofHours, serves } from '../model.ts'
import { domainFor, listVerifiedDomains } from '../organisation.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeProtocol } from '../policy.ts'
import { listConnections } from '../repository.connections.ts'
import { listLinkedMembers, listProofs } from '../repository.identities.ts'
import { findRequirement, listBreakGlass } from '../repository.requirement.ts'

export type Gate = { facts: GateFacts; view: SsoRequirement; ready: number }

/** What requiring SSO rests on, and whom it keeps out. In the scope of the system: it looks at how people sign in. */
export async function readGate(tx: TxCtx, organisationId: OrganisationId, parts: SsoParts): Promise<Gate> {
  authorizeProtocol(tx.actor)
  const people = await listAddressed(tx, organisationId)
  const facts = await factsOf(tx, { organisationId, people }, parts)
  const rules = gateRules(facts)
  const requirement = await findRequirement(tx, organisationId)
  const out = lockedOut(facts)
  const by = requirement && (await listNames(tx, organisationId, [requirement.requiredBy as MemberId]))
  const view: SsoRequirement = {
    isRequired: requirement !== undefined,
    ...(requirement
      ? {
          requiredAt: requirement.requiredAt.toISOString(),
          graceEndsAt: requirement.graceEndsAt.toISOString(),
          requiredBy: by?.get(requirement.requiredBy as MemberId) ?? '',
        }
      : {}),
    rules,
    isOpen: isOpen(rules),
    lockedOut: out,
    breakGlass: [...facts.breakGlass],
    owners: people
      .filter(({ role, isActive }) => role === 'owner' && isActive)
      .map(({ id, name, email }) => ({ memberId: id, name, email })),
  }
  const outIds = new Set<string>(lockedOut({ ...facts, breakGlass: [] }).map(({ memberId }) => memberId))
  return { facts, view, ready: people.filter(({ id, isActive }) => isActive && !outIds.has(id)).length }
}

type About = { organisationId: OrganisationId; people: readonly Addressed[] }

async function factsOf(tx: TxCtx, { organisationId, people }: About, parts: SsoParts): Promise<GateFacts> {
  const now = tx.clock.now()
  const domains = await listVerifiedDomains(tx, organisationId)
  const connections = (await listConnections(tx, organisationId)).filter(({ state }) => state === 'active')
  const linked = await listLinkedMembers(tx, organisationId)
  const owners = new Map(
    people.filter(({ role, isActive }) => role === 'owner' && isActive).map((each) => [each.id as string, each]),
  )
  const since = new Date(now.getTime() - proofHours * 3_600_000)
  const proofs = await listProofs(tx, { organisationId, since })
  const proof = proofs.find(({ memberId }) => owners.has(memberId))
  return {
    now,
    members: people.map((each) => ({
      ...each,
      verifiedDomains: [each.email, ...each.aliases].flatMap((email) => domainFor(domains, email) ?? []),
      isLinked: linked.has(each.id),
    })),
    servedDomains: new Set(
      domains.map(({ name }) => name).filter((name) => connections.some((connection) => serves(connection, name))),
    ),
    isProvisioned: (await parts.provisionedBy(tx, organisationId)) !== undefined,
    proof: proof && { ...proof, name: owners.get(proof.memberId)?.name ?? '' },
    breakGlass: await breakGlassOf(tx, organisationId, owners),
    keys: await keysOf(tx, organisationId),
  }
}

async function keysOf(tx: TxCtx, organisationId: OrganisationId): Promise<GateFacts['keys']> {
  const keys = await signInFacts.listKeys(tx, organisationId)
  return { total: keys.length, ofPeople: keys.filter(({ isServiceAccount }) => !isServiceAccount).length }
}

/** Whoever was chosen and is an owner no longer, or stopped, breaks nothing. */
async function breakGlassOf(
  tx: TxCtx,
  organisationId: OrganisationId,
  owners: ReadonlyMap<string, Addressed>,
): Promise<SsoBreakGlass[]> {
  const chosen = (await listBreakGlass(tx, organisationId)).flatMap((id) => owners.get(id) ?? [])
  const credentials = await readCredentials(
    tx,
    chosen.map(({ id }) => id),
  )
  return chosen.map(({ id, name, email }) => ({
    memberId: id,
    name,
    email,
    hasPassword: credentials.get(id)?.hasPassword ?? false,
    hasSecondFactor: credentials.get(id)?.hasSecondFactor ?? false,
    hasRecoveryCodes: credentials.get(id)?.hasRecoveryCodes ?? false,
  }))
}
