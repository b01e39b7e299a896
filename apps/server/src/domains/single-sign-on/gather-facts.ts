import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import {
  findMember,
  findWhereabouts,
  isActive,
  type MemberRow,
  verifiedOrganisationOf,
} from '../organisations/index.ts'
import { findAddressClaim, readAddress } from './model.claims.ts'
import type { AddressFacts, DiagnosisFacts, Person } from './model.facts.ts'
import { type ConnectionRow, domainOf, readReference, serves } from './model.ts'
import { domainFor, findByAddress, joiningSeat, listVerifiedDomains } from './organisation.ts'
import type { SsoParts } from './parts.ts'
import { type AttemptRow, findAttemptByAddress, findAttemptByReference } from './repository.attempts.ts'
import { findConnection, listConnections } from './repository.connections.ts'

export type Gathered = {
  facts: DiagnosisFacts
  organisationId: OrganisationId | undefined
  attempt: AttemptRow | undefined
  address: string | undefined
}

/** `within`: of this organisation and no other; the team asks across all of them. */
export type About = { about: string; within: OrganisationId | undefined }

/** Everything that is known of an address or of a reference. Reads, and changes nothing. */
export async function gatherFacts(
  tx: TxCtx,
  { about, within }: About,
  parts: Pick<SsoParts, 'provisionedBy'>,
): Promise<Gathered> {
  const { attempt, address } = await meant(tx, { about, within })
  const organisationId = within ?? attempt?.organisationId ?? (await whoseIs(tx, address))
  const through = await throughFacts(tx, attempt?.connectionId)
  const asserted = attempt?.assertedEmail
  const facts: DiagnosisFacts = {
    now: tx.clock.now(),
    asked: await addressFacts(tx, organisationId, address),
    asserted: asserted === address ? undefined : await addressFacts(tx, organisationId, asserted),
    attempt,
    elsewhere: await elsewhere(tx, organisationId, asserted ?? address),
    ...through,
    servedBy: await servedBy(tx, organisationId, { address: address ?? asserted, but: attempt?.connectionId }),
    addressClaim: await addressClaimOf(tx, organisationId, attempt),
    provisionedBy: organisationId && (await parts.provisionedBy(tx, organisationId)),
  }
  return { facts, organisationId, attempt, address }
}

/** The sign-in that is asked about, and the address: as it was typed here, at the sign-in, or as it was vouched for. */
async function meant(
  tx: TxCtx,
  { about, within }: About,
): Promise<{ attempt: AttemptRow | undefined; address: string | undefined }> {
  const typed = readAddress(about)
  const attempt = await findAttemptFor(tx, { reference: readReference(about), typed, within })
  return { attempt, address: typed ?? attempt?.typedEmail ?? attempt?.assertedEmail }
}

/** The connection that somebody came through, and whether it has a seat for them. */
async function throughFacts(
  tx: TxCtx,
  connectionId: string | undefined,
): Promise<Pick<DiagnosisFacts, 'connection' | 'seats'>> {
  const connection = connectionId === undefined ? undefined : await findConnection(tx, connectionId)
  if (!connection) return { connection: undefined, seats: undefined }
  return { connection: connectionFacts(connection), seats: await seatFacts(tx, connection) }
}

const connectionFacts = ({ id, name, state, options }: ConnectionRow): DiagnosisFacts['connection'] => ({
  id,
  name,
  state,
  justInTime: options.justInTime,
})

async function seatFacts(tx: TxCtx, connection: ConnectionRow): Promise<DiagnosisFacts['seats']> {
  const found = await joiningSeat(tx, connection)
  return found?.seat.limit === undefined ? undefined : { used: found.seat.used, limit: found.seat.limit }
}

type Asked = { reference: string | undefined; typed: string | undefined; within: OrganisationId | undefined }

async function findAttemptFor(tx: TxCtx, { reference, typed, within }: Asked): Promise<AttemptRow | undefined> {
  if (reference !== undefined) {
    const found = await findAttemptByReference(tx, reference)
    return within === undefined || found?.organisationId === within ? found : undefined
  }
  return typed === undefined ? undefined : findAttemptByAddress(tx, { address: typed, organisationId: within })
}

/** What an identity provider says over SAML is its own record; of OpenID Connect an address has to be proved. */
async function addressClaimOf(
  tx: TxCtx,
  organisationId: OrganisationId | undefined,
  attempt: AttemptRow | undefined,
): Promise<string | undefined> {
  if (organisationId === undefined || attempt?.connectionId === undefined || attempt.assertedEmail !== undefined)
    return undefined
  const { claims, connectionId } = attempt
  const connection = await findConnection(tx, connectionId)
  if (connection?.kind !== 'saml') return undefined
  const domains = await listVerifiedDomains(tx, organisationId)
  const claim = findAddressClaim(claims, (address) => domainFor(domains, address) !== undefined)
  return claim?.toLowerCase() === connection.options.mapping.email.toLowerCase() ? undefined : claim
}

const whoseIs = async (tx: TxCtx, address: string | undefined): Promise<OrganisationId | undefined> =>
  address === undefined ? undefined : (await verifiedOrganisationOf(tx, address))?.organisationId

async function addressFacts(
  tx: TxCtx,
  organisationId: OrganisationId | undefined,
  address: string | undefined,
): Promise<AddressFacts | undefined> {
  if (address === undefined) return undefined
  const base = { address, domain: domainOf(address) }
  if (organisationId === undefined)
    return {
      ...base,
      domainIs: 'nobodys',
      member: undefined,
      isAlias: false,
      deprovisionedAt: undefined,
      invitation: undefined,
    }
  const own = domainFor(await listVerifiedDomains(tx, organisationId), address)
  const found = await findByAddress(tx, organisationId, address)
  const where = await findWhereabouts(tx, organisationId, address)
  return {
    ...base,
    // An organisation learns of no other; only the scope of the team finds one here.
    domainIs: own !== undefined ? 'own' : (await whoseIs(tx, address)) === undefined ? 'nobodys' : 'other',
    member: found && personOf(found.member, tx.clock.now()),
    isAlias: found?.isAlias ?? false,
    deprovisionedAt: where.deprovisionedAt,
    invitation: where.invitation,
  }
}

const personOf = (member: MemberRow, now: Date): Person => ({
  id: member.id,
  name: member.name,
  email: member.email,
  deactivatedVia: member.deactivatedVia,
  deactivatedAt: member.deactivatedAt,
  endedAt: member.deactivatedAt === undefined && !isActive(member, now) ? member.expiresAt : undefined,
})

async function elsewhere(
  tx: TxCtx,
  organisationId: OrganisationId | undefined,
  address: string | undefined,
): Promise<DiagnosisFacts['elsewhere']> {
  if (organisationId === undefined || address === undefined) return { member: undefined, invitation: undefined }
  const { alikeIds, alikeInvitation } = await findWhereabouts(tx, organisationId, address)
  // Two of the same name are no hint at all.
  const [only, second] = alikeIds
  const member = only === undefined || second !== undefined ? undefined : await findMember(tx, only)
  return { member: member && personOf(member, tx.clock.now()), invitation: alikeInvitation }
}

async function servedBy(
  tx: TxCtx,
  organisationId: OrganisationId | undefined,
  { address, but }: { address: string | undefined; but: string | undefined },
): Promise<string[]> {
  if (organisationId === undefined || address === undefined) return []
  const domain = domainFor(await listVerifiedDomains(tx, organisationId), address)
  if (domain === undefined) return []
  return (await listConnections(tx, organisationId))
    .filter((each) => each.state === 'active' && each.id !== but && serves(each, domain))
    .map(({ name }) => name)
}
