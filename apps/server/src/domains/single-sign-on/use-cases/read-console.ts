import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { SsoAttempt, SsoConnection, SsoOverview } from '@clew/contract/single-sign-on'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { listAddressed, listDomains, listNames } from '../../organisations/index.ts'
import { keptAttempts } from '../model.ts'
import { domainFor } from '../organisation.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeReadSso } from '../policy.ts'
import { type AttemptRow, findAttempt, latestOfConnections, listAttempts } from '../repository.attempts.ts'
import { listConnections } from '../repository.connections.ts'
import { countPeople } from '../repository.identities.ts'
import { listOpenLinks } from '../repository.requirement.ts'
import { attemptView, connectionView } from '../views.ts'
import { readGate } from './read-requirement.ts'

/** Everything of the page at once: connections, domains, and what requiring SSO would do. */
export async function readOverview(ctx: Ctx, parts: SsoParts): Promise<SsoOverview> {
  const { actor } = ctx
  authorizeReadSso(actor)
  const { organisationId } = actor
  const shown = await ctx.transaction(async (tx) => {
    authorizeReadSso(tx.actor)
    return {
      connections: await viewConnections(tx, organisationId, parts),
      ...(await viewDomains(tx, organisationId)),
    }
  })
  const gate = await parts
    .asSystem(ctx, 'single-sign-on.read_gate')
    .transaction((tx) => readGate(tx, organisationId, parts))
  return {
    ...shown,
    ready: gate.ready,
    requirement: gate.view,
    canManage: actor.permissions.has('sign_in.manage'),
  }
}

/** The domains, and how many people who may act have an address at each. */
export async function viewDomains(
  tx: TxCtx,
  organisationId: OrganisationId,
): Promise<Pick<SsoOverview, 'domains' | 'members'>> {
  const people = (await listAddressed(tx, organisationId)).filter(({ isActive }) => isActive)
  const domains = await listDomains(tx, organisationId)
  return {
    members: people.length,
    domains: domains.map((domain) => ({
      name: domain.name,
      state: domain.state,
      members: people.filter(({ email }) => domainFor([domain], email) !== undefined).length,
    })),
  }
}

/** What may be seen of one connection after it has been changed. */
export async function readConnection(ctx: Ctx, id: string, parts: SsoParts): Promise<SsoConnection> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadSso(actor)
    const found = (await viewConnections(tx, actor.organisationId, parts)).find((each) => each.id === id)
    if (!found) throw new AppError('sso.connection_not_found')
    return found
  })
}

export async function viewConnections(
  tx: TxCtx,
  organisationId: OrganisationId,
  { baseUrl }: Pick<SsoParts, 'baseUrl'>,
): Promise<SsoConnection[]> {
  const people = await countPeople(tx, organisationId)
  const latest = await latestOfConnections(tx, organisationId)
  const links = await listOpenLinks(tx, organisationId)
  return (await listConnections(tx, organisationId)).map((connection) =>
    connectionView(connection, {
      baseUrl: baseUrl(),
      now: tx.clock.now(),
      people: people.get(connection.id)?.people ?? 0,
      lastAt: people.get(connection.id)?.lastAt,
      latest: latest.get(connection.id),
      setupLink: links.find(({ connectionId }) => connectionId === connection.id),
    }),
  )
}

/** The last attempts, of one connection or of them all. */
export async function readAttempts(ctx: Ctx, connectionId?: string): Promise<{ attempts: SsoAttempt[] }> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadSso(actor)
    const { organisationId } = actor
    const rows = await listAttempts(tx, {
      organisationId,
      limit: keptAttempts,
      ...(connectionId === undefined ? {} : { connectionId }),
    })
    return { attempts: await viewAttempts(tx, organisationId, rows) }
  })
}

export async function readAttempt(ctx: Ctx, id: string): Promise<SsoAttempt> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadSso(actor)
    const row = await findAttempt(tx, id)
    if (row?.organisationId !== actor.organisationId) throw new AppError('sso.attempt_not_found')
    const [view] = await viewAttempts(tx, actor.organisationId, [row])
    if (!view) throw new AppError('sso.attempt_not_found')
    return view
  })
}

export async function viewAttempts(
  tx: TxCtx,
  organisationId: OrganisationId,
  rows: readonly AttemptRow[],
): Promise<SsoAttempt[]> {
  const ids = [...new Set(rows.flatMap(({ memberId }) => memberId ?? []))] as MemberId[]
  const connections = new Map((await listConnections(tx, organisationId)).map(({ id, name }) => [id as string, name]))
  const members = new Map<string, string>(await listNames(tx, organisationId, ids))
  return rows.map((row) => attemptView(row, { connections, members }))
}
