import { basename } from 'node:path'
import type { Connector, ConnectorTest, SaveConnector, SavedConnector } from '@clew/contract/connectors'
import type { OrganisationId } from '@clew/contract/primitives'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import { actingAs, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import { newToken } from '../../../platform/ids.ts'
import { mayCallOutside } from '../../../platform/outward-address.ts'
import { recordAudit } from '../../audit/index.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { type ConnectorParts, consultLogs, secretPlace } from '../consult-logs.ts'
import { connectorView, wordOf } from '../model.connector.ts'
import { authorizeChangeConnector, authorizeReadLogs, canChangeConnector } from '../policy.ts'
import { type Held, listCalls, lockConnector, readConnectorRow, saveConnectorRow } from '../repository.connector.ts'
import { forgetFresh } from '../repository.lookups.ts'

const callsShown = 50

/** Where ids are looked up, and the last calls. The secret is never in it. */
export async function readConnector(ctx: Ctx, parts: ConnectorParts): Promise<Connector> {
  const { actor } = ctx
  return parts.asSystem(ctx, 'cases.connector').transaction(async (tx) => {
    const team = await findSupportTeam(tx)
    authorizeReadLogs(actor, team)
    return viewOf(tx, { canChange: canChangeConnector(actor, team), parts })
  })
}

/** Saves where ids are looked up. A new secret is in the answer and never shown again; the same once more changes nothing. */
export async function saveConnector(
  ctx: Ctx,
  input: z.output<typeof SaveConnector>,
  parts: ConnectorParts,
): Promise<SavedConnector> {
  const { actor } = ctx
  return parts.asSystem(ctx, 'cases.connector').transaction(async (tx) => {
    const team = await findSupportTeam(tx)
    authorizeChangeConnector(actor, team)
    const secret = await change(actingAs(tx, actor), { input, team: actor.organisationId, name: actor.name, parts })
    const connector = await viewOf(tx, { canChange: true, parts })
    return { connector, ...(secret === undefined ? {} : { secret }) }
  })
}

type Change = { input: z.output<typeof SaveConnector>; team: OrganisationId; name: string; parts: ConnectorParts }

/** Answers with the secret, if it made one. */
async function change(tx: TxCtx, { input, team, name, parts }: Change): Promise<string | undefined> {
  const url = input.url || undefined
  if (url !== undefined && !mayCallOutside(url, parts.operator.hosts))
    throw new AppError('connector.address_refused', { field: 'url' })
  const row = await lockConnector(tx, team)
  const wanted = { url, timeoutMs: input.timeoutMs }
  const secret = needsSecret(row, { url, newSecret: input.newSecret }) ? newToken() : undefined
  if (secret === undefined && saysTheSame(row, wanted)) return undefined
  if (row.version !== input.version) throw new AppError('connector.conflict', { name: row.updatedByName ?? '–' })
  const sealedSecret = secret === undefined ? row.sealedSecret : parts.seal.seal(secret, secretPlace)
  await saveConnectorRow(tx, { ...wanted, version: row.version + 1, sealedSecret, updatedByName: name })
  if (url !== row.url) await forgetFresh(tx)
  recordAudit(tx, {
    action: 'connector.changed',
    targets: [{ type: 'connector', id: 'request_ids' }],
    changes: changesOf(row, wanted),
    // That there is another one, never a part of it.
    metadata: { hasNewSecret: secret !== undefined },
  })
  return secret
}

const changesOf = (row: Held, wanted: Pick<Held, 'url' | 'timeoutMs'>) =>
  (['url', 'timeoutMs'] as const)
    .filter((field) => row[field] !== wanted[field])
    .map((field) => ({ field, old: row[field], new: wanted[field] }))

const needsSecret = (row: Held, { url, newSecret }: { url: string | undefined; newSecret: boolean }): boolean =>
  newSecret || (url !== undefined && row.sealedSecret === undefined)

const saysTheSame = (row: Held, { url, timeoutMs }: { url: string | undefined; timeoutMs: number }): boolean =>
  row.url === url && row.timeoutMs === timeoutMs

type Viewing = { canChange: boolean; parts: ConnectorParts }

async function viewOf(tx: TxCtx, { canChange, parts: { operator } }: Viewing): Promise<Connector> {
  return connectorView({
    row: await readConnectorRow(tx),
    calls: await listCalls(tx, callsShown),
    command: operator.command && basename(operator.command[0]),
    canChange,
    now: tx.clock.now(),
  })
}

/** One real call about an id that somebody typed. It goes on no case. */
export async function testConnector(ctx: Ctx, requestId: string, parts: ConnectorParts): Promise<ConnectorTest> {
  const { actor } = ctx
  const system = parts.asSystem(ctx, 'cases.connector')
  const agentName = await system.transaction(async (tx) => {
    authorizeChangeConnector(actor, await findSupportTeam(tx))
    return actor.name
  })
  const { outcome, durationMs } = await consultLogs(system, { requestId, reason: 'test', agentName }, parts)
  return {
    outcome: wordOf(outcome),
    durationMs,
    ...(outcome.state === 'found' ? { record: outcome.record } : {}),
    ...(outcome.state === 'failed' && outcome.status !== undefined ? { status: outcome.status } : {}),
  }
}
