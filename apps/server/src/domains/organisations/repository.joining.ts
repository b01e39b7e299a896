import type { Locale, MemberId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { normalEmail } from './model.ts'

export type JoinState = 'unconfirmed' | 'waiting' | 'waitlisted' | 'approved' | 'refused'
export type JoinRequestRow = {
  id: string
  organisationId: OrganisationId
  email: string
  name: string
  message: string
  locale: Locale
  state: JoinState
  createdAt: Date
}

const selected = (tx: TxCtx) =>
  sqlOf(tx)
    .selectFrom('join_requests')
    .select(['id', 'organisation_id', 'email', 'name', 'message', 'locale', 'state', 'created_at'])
type Selected = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number]

const requestOf = (row: Selected): JoinRequestRow => ({
  id: row.id,
  organisationId: row.organisation_id as OrganisationId,
  email: row.email,
  name: row.name,
  message: row.message,
  locale: row.locale as Locale,
  state: row.state as JoinState,
  createdAt: row.created_at,
})

export async function findOpenRequestOf(
  tx: TxCtx,
  organisationId: OrganisationId,
  email: string,
): Promise<JoinRequestRow | undefined> {
  const row = await selected(tx)
    .where('organisation_id', '=', organisationId)
    .where((eb) => eb(eb.fn('lower', ['email']), '=', normalEmail(email)))
    .where('state', 'in', ['unconfirmed', 'waiting', 'waitlisted'])
    .executeTakeFirst()
  return row && requestOf(row)
}

export async function insertJoinRequest(
  tx: TxCtx,
  request: Omit<JoinRequestRow, 'state' | 'createdAt'> & { tokenHash: Buffer },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('join_requests')
    .values({
      id: request.id,
      organisation_id: request.organisationId,
      email: normalEmail(request.email),
      name: request.name,
      message: request.message,
      locale: request.locale,
      state: 'unconfirmed',
      token_hash: request.tokenHash,
      created_at: tx.clock.now(),
    })
    .execute()
}

/** Asking again before the first letter was answered: a new link, and what was said now. */
export async function renewJoinRequest(
  tx: TxCtx,
  id: string,
  said: { name: string; message: string; locale: Locale; tokenHash: Buffer },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('join_requests')
    .set({
      name: said.name,
      message: said.message,
      locale: said.locale,
      token_hash: said.tokenHash,
      created_at: tx.clock.now(),
    })
    .where('id', '=', id)
    .execute()
}

/** The unconfirmed request of a token, held until the transaction ends so that it is confirmed once. */
export async function lockUnconfirmedRequest(
  tx: TxCtx,
  tokenHash: Buffer,
  since: Date,
): Promise<JoinRequestRow | undefined> {
  const row = await selected(tx)
    .where('token_hash', '=', tokenHash)
    .where('state', '=', 'unconfirmed')
    .where('created_at', '>', since)
    .forUpdate()
    .executeTakeFirst()
  return row && requestOf(row)
}

export async function lockJoinRequest(
  tx: TxCtx,
  organisationId: OrganisationId,
  id: string,
): Promise<JoinRequestRow | undefined> {
  const row = await selected(tx)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && requestOf(row)
}

export async function setJoinState(
  tx: TxCtx,
  id: string,
  { state, by }: { state: JoinState; by?: MemberId | undefined },
): Promise<void> {
  const isDecided = state !== 'waiting' && state !== 'unconfirmed'
  await sqlOf(tx)
    .updateTable('join_requests')
    .set({
      state,
      token_hash: null,
      ...(isDecided ? { decided_at: tx.clock.now() } : {}),
      ...(by === undefined ? {} : { decided_by: by }),
    })
    .where('id', '=', id)
    .execute()
}

/** The oldest first: they have waited longest. */
export async function listJoinRequests(tx: TxCtx, organisationId: OrganisationId): Promise<JoinRequestRow[]> {
  const rows = await selected(tx)
    .where('organisation_id', '=', organisationId)
    .where('state', 'in', ['waiting', 'waitlisted'])
    .orderBy('created_at')
    .limit(500)
    .execute()
  return rows.map(requestOf)
}

/** What was never confirmed is forgotten. */
export async function deleteUnconfirmedRequests(tx: TxCtx, before: Date): Promise<void> {
  await sqlOf(tx)
    .deleteFrom('join_requests')
    .where('state', '=', 'unconfirmed')
    .where('created_at', '<', before)
    .execute()
}
