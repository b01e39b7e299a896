import type { AgentId, CaptureId, CaptureLinkId, ContactId, FileId } from '@clew/contract/primitives'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { CaptureLinks, CaptureLinkUses } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { CaptureLinkRow, LinkTarget, LinkUse } from './model.links.ts'

const linkOf = (row: Selectable<CaptureLinks>): CaptureLinkRow => ({
  id: row.id as CaptureLinkId,
  target: row.capture_id === null ? { fileId: row.file_id as FileId } : { captureId: row.capture_id as CaptureId },
  contactId: row.contact_id as ContactId,
  tokenHash: row.token_hash,
  passwordHash: row.password_hash ?? undefined,
  mayDownload: row.may_download,
  createdBy: row.created_by === null ? undefined : { id: row.created_by as AgentId, name: row.created_by_name ?? '' },
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at ?? undefined,
})

const useOf = (row: Selectable<CaptureLinkUses>): LinkUse => ({
  linkId: row.link_id as CaptureLinkId,
  kind: row.kind as LinkUse['kind'],
  agentName: row.agent_name ?? undefined,
  addressHash: row.address_hash,
  at: row.at,
})

/** Answers whether it was made: one that makes itself is made once for each target. */
export async function insertLink(tx: TxCtx, link: CaptureLinkRow): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('capture_links')
    .values({
      id: link.id,
      capture_id: 'captureId' in link.target ? link.target.captureId : null,
      file_id: 'fileId' in link.target ? link.target.fileId : null,
      contact_id: link.contactId,
      token_hash: link.tokenHash,
      password_hash: link.passwordHash ?? null,
      may_download: link.mayDownload,
      created_by: link.createdBy?.id ?? null,
      created_by_name: link.createdBy?.name ?? null,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function lockLink(tx: TxCtx, id: CaptureLinkId): Promise<CaptureLinkRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('capture_links')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && linkOf(row)
}

/** Holds the link, so that of many guesses at once each is counted before the next. */
export async function lockLinkByToken(tx: TxCtx, tokenHash: Buffer): Promise<CaptureLinkRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('capture_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .forUpdate()
    .executeTakeFirst()
  return row && linkOf(row)
}

/** Newest first. */
export async function listLinks(tx: TxCtx, target: LinkTarget): Promise<CaptureLinkRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('capture_links')
    .selectAll()
    .where((row) =>
      'captureId' in target ? row('capture_id', '=', target.captureId) : row('file_id', '=', target.fileId),
    )
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute()
  return rows.map(linkOf)
}

/** Links that lead somewhere, to what these people sent. */
export async function listOpenLinks(
  tx: TxCtx,
  contactIds: readonly ContactId[],
): Promise<{ createdAt: Date; expiresAt: Date; hasPassword: boolean }[]> {
  if (contactIds.length === 0) return []
  const rows = await sqlOf(tx)
    .selectFrom('capture_links')
    .selectAll()
    .where('contact_id', '=', sql<string>`ANY (${[...contactIds]}::uuid[])`)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .execute()
  return rows.map((row) => ({
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    hasPassword: row.password_hash !== null,
  }))
}

export async function revokeLinkRow(tx: TxCtx, id: CaptureLinkId): Promise<void> {
  await sqlOf(tx)
    .updateTable('capture_links')
    .set({ revoked_at: tx.clock.now() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

export async function insertUse(tx: TxCtx, use: Omit<LinkUse, 'at'>): Promise<string> {
  const id = tx.ids.next()
  await sqlOf(tx)
    .insertInto('capture_link_uses')
    .values({
      id,
      link_id: use.linkId,
      kind: use.kind,
      agent_name: use.agentName ?? null,
      address_hash: use.addressHash,
      at: tx.clock.now(),
    })
    .execute()
  return id
}

export async function deleteUse(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).deleteFrom('capture_link_uses').where('id', '=', id).execute()
}

/** Newest first. */
export async function listUses(
  tx: TxCtx,
  linkId: CaptureLinkId,
  { kind, limit }: { kind?: LinkUse['kind']; limit: number },
): Promise<LinkUse[]> {
  const rows = await sqlOf(tx)
    .selectFrom('capture_link_uses')
    .selectAll()
    .where('link_id', '=', linkId)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(useOf)
}

export async function countViews(tx: TxCtx, linkId: CaptureLinkId): Promise<number> {
  const { count } = await sqlOf(tx)
    .selectFrom('capture_link_uses')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('link_id', '=', linkId)
    .where('kind', '=', 'viewed')
    .executeTakeFirstOrThrow()
  return Number(count)
}
