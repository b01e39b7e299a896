import type { OrganisationId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../platform/ctx.ts'
import { verifiedOrganisationOf } from '../organisations/index.ts'
import type { SingleSignOn } from '../sign-in/index.ts'
import { type ConnectionRow, isComplete, ownValues, serves } from './model.ts'
import { mayBreakGlass, noteBreakGlass } from './note-break-glass.ts'
import { domainFor, listVerifiedDomains } from './organisation.ts'
import { listConnections } from './repository.connections.ts'
import { findRequirement } from './repository.requirement.ts'

/** What the room of signing in asks of this one. */
export const singleSignOnPort = (parts: {
  asSystem(ctx: Ctx, job: string): Ctx
  baseUrl: () => string
}): SingleSignOn => ({
  startFor: async (ctx, email) => {
    const way = await parts.asSystem(ctx, 'single-sign-on.way').transaction((tx) => wayOf(tx, email))
    if (!way?.connection) return undefined
    return {
      url: ownValues(parts.baseUrl(), way.connection.id).startUrl,
      name: way.connection.name,
      isRequired: way.isRequired,
    }
  },
  isRequired: async (tx, member) =>
    (await findRequirement(tx, member.organisationId)) !== undefined && !(await mayBreakGlass(tx, member)),
  isPossible: async (tx, { organisationId, email }) => {
    const domain = domainFor(await listVerifiedDomains(tx, organisationId), email)
    return domain !== undefined && (await connectionFor(tx, organisationId, domain)) !== undefined
  },
  noteEntry: (tx, member) => noteBreakGlass(tx, member, parts),
})

export type Way = {
  organisationId: OrganisationId
  domain: string
  connection: ConnectionRow | undefined
  isRequired: boolean
}

/** Where the people of an address sign in: its domain says whose they are, and which connection serves it. */
export async function wayOf(tx: TxCtx, email: string): Promise<Way | undefined> {
  const found = await verifiedOrganisationOf(tx, email)
  if (!found) return undefined
  const { organisationId, domain } = found
  return {
    organisationId,
    domain: domain.name,
    connection: await connectionFor(tx, organisationId, domain.name),
    isRequired: (await findRequirement(tx, organisationId)) !== undefined,
  }
}

/** One that names the domain comes before one that serves them all. */
async function connectionFor(
  tx: TxCtx,
  organisationId: OrganisationId,
  domain: string,
): Promise<ConnectionRow | undefined> {
  const open = (await listConnections(tx, organisationId)).filter(
    (each) => each.state === 'active' && isComplete(each) && serves(each, domain),
  )
  return open.find(({ domains }) => domains.includes(domain)) ?? open[0]
}
